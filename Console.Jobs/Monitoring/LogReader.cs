using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads lines of a job's log.</summary>
internal static class LogReader
{
    public static JobLogLine Line(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Line(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Shown as it stands.
        }
        return new JobLogLine(DateTimeOffset.UnixEpoch, JobLogLevel.Info, 0, json);
    }

    private static JobLogLine Line(JsonElement root) => new(
        StoredTime.Read(Text(root, "at")) ?? DateTimeOffset.UnixEpoch,
        Enum.TryParse<JobLogLevel>(Text(root, "level"), ignoreCase: true, out var level) && Enum.IsDefined(level) ? level : JobLogLevel.Info,
        int.TryParse(Text(root, "attempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? attempt : 0,
        Text(root, "text"));

    private static string Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.ToString() : "";
}
