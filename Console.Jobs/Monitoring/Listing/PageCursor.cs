using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring.Listing;

/// <summary>Where a page ended: opaque to callers, safe in a URL, and of no harm when made up.</summary>
/// <param name="Source">Key that was being read; empty for the merged listing.</param>
/// <param name="Offsets">Ids taken from that key, or from each key of the merged listing by its name.</param>
/// <param name="LastId">Last id shown.</param>
/// <param name="LastQueue">Its queue, for members of the schedule.</param>
/// <param name="LastAt">When that job came into its state, in ms; merged listing only.</param>
internal sealed record PageCursor(string Source, IReadOnlyDictionary<string, long> Offsets, string LastId, string LastQueue, long LastAt)
{
    public long OffsetOf(string source) => Math.Max(0, Offsets.GetValueOrDefault(source));

    public string Write() => Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, JobJson.Records))).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>Null for null, and for a text that is no cursor: the listing then starts at its beginning.</summary>
    public static PageCursor? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var base64 = text.Replace('-', '+').Replace('_', '/');
            var json = Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
            return JsonSerializer.Deserialize<PageCursor>(json, JobJson.Records) is { Source: not null, Offsets: not null, LastId: not null, LastQueue: not null } cursor ? cursor : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
