using System.Text.Json;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads the field <c>Continuations</c> of a job hash.</summary>
internal static class JobContinuations
{
    private const int Most = 1_000;

    /// <summary>Ids and conditions; nothing for a field that cannot be read.</summary>
    public static IReadOnlyList<(string Id, string Condition)> Read(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return [];
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return [];
            return [.. document.RootElement.EnumerateArray().Where(HasId).Take(Most).Select(link => (link.GetProperty("JobId").ToString(), ConditionOf(link)))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static bool HasId(JsonElement link) =>
        link.ValueKind == JsonValueKind.Object && link.TryGetProperty("JobId", out var id) && id.ValueKind == JsonValueKind.String;

    // A number, or the name of the condition at compatibility level 110.
    private static string ConditionOf(JsonElement link) => link.TryGetProperty("Options", out var options) ? options.ToString() switch
    {
        "1" or "OnlyOnSucceededState" => "succeeded",
        "2" or "OnlyOnDeletedState" => "deleted",
        _ => "any",
    } : "any";
}
