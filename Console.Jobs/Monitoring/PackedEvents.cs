using System.Globalization;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>
/// Many events of one call in one entry of the stream: a line for each, its fields between tabs, the id last. See <c>Scripts/lib/events.lua</c>.
/// </summary>
internal static class PackedEvents
{
    private const string AsBefore = "\u0001";

    /// <summary>Adds the events of an entry, whose position is that of the last one.</summary>
    public static void Read(StreamEntryId position, string text, List<JobEvent> events)
    {
        var at = StoredTime.OfMs(position.Ms) ?? DateTimeOffset.UnixEpoch;
        var ms = position.Ms.ToString(CultureInfo.InvariantCulture);
        var sequence = position.Sequence - text.AsSpan().Count('\n');
        string kind = "", type = "", queue = "", before = "", worker = "";
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            kind = Next(ref line, kind);
            type = Next(ref line, type);
            queue = Next(ref line, queue);
            before = Next(ref line, before);
            worker = Next(ref line, worker);
            var details = Next(ref line, "");
            events.Add(new JobEvent
            {
                Position = string.Create(CultureInfo.InvariantCulture, $"{ms}-{sequence++}"),
                At = at,
                Kind = kind,
                Subject = line.ToString(),
                Type = type,
                Queue = queue,
                PreviousState = before,
                Worker = worker,
                DetailsJson = details,
            });
        }
    }

    // A text that stands there again is the same object: most are.
    private static string Next(ref ReadOnlySpan<char> line, string before)
    {
        var tab = line.IndexOf('\t');
        var field = tab < 0 ? line : line[..tab];
        line = tab < 0 ? [] : line[(tab + 1)..];
        return field.SequenceEqual(AsBefore) || field.SequenceEqual(before) ? before : field.ToString();
    }
}
