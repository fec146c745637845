using System.Globalization;

namespace OpsConsole.Bench.EventToPage;

/// <summary>Id of an event: its moment in ms and a number within it.</summary>
internal readonly record struct EventId(long Milliseconds, long Sequence) : IComparable<EventId>
{
    public static EventId Parse(string text)
    {
        var parts = text.Split('-');
        return new EventId(long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public int CompareTo(EventId other) => Milliseconds != other.Milliseconds ? Milliseconds.CompareTo(other.Milliseconds) : Sequence.CompareTo(other.Sequence);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Sequence}");
}
