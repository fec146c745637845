using System.Globalization;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Entries of the stream as XREAD and XRANGE return them.</summary>
internal static class EventEntry
{
    /// <summary>Adds the events of all entries that come after a position. Returns whether that is in the middle of the first entry.</summary>
    public static bool ReadAll(RedisResult[] entries, List<JobEvent> events, StreamEntryId after = default)
    {
        var skipped = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            var before = events.Count;
            Read(entries[i], events);
            if (i > 0)
                continue;
            skipped = events.Skip(before).TakeWhile(read => StreamEntryId.Read(read.Position).CompareTo(after) <= 0).Count();
            events.RemoveRange(before, skipped);
        }
        return skipped > 0;
    }

    /// <summary>Adds the events of one entry: one event in seven fields, or many in one.</summary>
    private static void Read(RedisResult reply, List<JobEvent> events)
    {
        var parts = Reply.List(reply);
        var position = Reply.Text(parts[0]);
        var fields = Reply.List(parts[1]);
        if (fields.Length == 2 && (RedisValue)fields[0] == "p")
            PackedEvents.Read(StreamEntryId.Read(position), Reply.Text(fields[1]), events);
        else
            events.Add(One(position, fields));
    }

    private static JobEvent One(string position, RedisResult[] fields)
    {
        // Every entry has the same seven fields in the same order; another order is read, too.
        return new JobEvent
        {
            Position = position,
            At = StoredTime.OfMs(StreamEntryId.Read(position).Ms) ?? DateTimeOffset.UnixEpoch,
            Kind = Field(fields, 0, "e"),
            Subject = Field(fields, 1, "id"),
            Type = Field(fields, 2, "t"),
            Queue = Field(fields, 3, "q"),
            PreviousState = Field(fields, 4, "s"),
            Worker = Field(fields, 5, "w"),
            DetailsJson = Field(fields, 6, "d"),
        };
    }

    private static string Field(RedisResult[] fields, int place, string name)
    {
        if (2 * place + 1 < fields.Length && (RedisValue)fields[2 * place] == name)
            return Reply.Text(fields[2 * place + 1]);
        for (var i = 0; i + 1 < fields.Length; i += 2)
        {
            if (Reply.Text(fields[i]) == name)
                return Reply.Text(fields[i + 1]);
        }
        return "";
    }
}

/// <summary>A position in a stream.</summary>
internal readonly record struct StreamEntryId(long Ms, long Sequence) : IComparable<StreamEntryId>
{
    /// <summary>Zero for a text that is no position.</summary>
    public static StreamEntryId Read(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var ms = dash < 0 ? text.AsSpan() : text.AsSpan(0, dash);
        var sequence = dash < 0 ? "0" : text.AsSpan(dash + 1);
        return long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out var left) && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var right)
            ? new StreamEntryId(left, right)
            : default;
    }

    public int CompareTo(StreamEntryId other) => Ms != other.Ms ? Ms.CompareTo(other.Ms) : Sequence.CompareTo(other.Sequence);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ms}-{Sequence}");
}
