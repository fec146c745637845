using System.Text.Json;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Client;

/// <summary>One entry of <c>ops:types</c> as text.</summary>
internal static class CatalogueEntry
{
    public static string Write(JobType type) => JsonSerializer.Serialize(type, JobJson.Records);

    /// <summary>Null when some host wrote what is no entry: one broken host must not hide the types of all others.</summary>
    public static JobType? TryRead(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return null;
        try
        {
            return JsonSerializer.Deserialize<JobType>(json, JobJson.Records) is { Name: not null, Key: not null, TypeName: not null, Method: not null, Parameters: not null } type ? type : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
