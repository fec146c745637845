using System.Globalization;

namespace OpsConsole.Web.Live;

/// <summary>A place in the event stream that can be compared with another: <c>milliseconds-sequence</c>.</summary>
public readonly record struct StreamPosition(long Milliseconds, long Sequence) : IComparable<StreamPosition>
{
    public static StreamPosition Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var head = dash < 0 ? text : text[..dash];
        var tail = dash < 0 ? "0" : text[(dash + 1)..];
        return long.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && long.TryParse(tail, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new StreamPosition(milliseconds, sequence)
            : default;
    }

    /// <summary>The position just before everything that happened at <paramref name="at"/>.</summary>
    public static StreamPosition Before(DateTimeOffset at) => new(Math.Max(0, at.ToUnixTimeMilliseconds() - 1), long.MaxValue);

    /// <summary>When the event there happened; null for the beginning, and for what lies outside the calendar.</summary>
    public DateTimeOffset? At => Milliseconds is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds) : null;

    public int CompareTo(StreamPosition other) =>
        Milliseconds != other.Milliseconds ? Milliseconds.CompareTo(other.Milliseconds) : Sequence.CompareTo(other.Sequence);

    public static bool operator <(StreamPosition left, StreamPosition right) => left.CompareTo(right) < 0;
    public static bool operator >(StreamPosition left, StreamPosition right) => left.CompareTo(right) > 0;
    public static bool operator <=(StreamPosition left, StreamPosition right) => left.CompareTo(right) <= 0;
    public static bool operator >=(StreamPosition left, StreamPosition right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Sequence}");
}
