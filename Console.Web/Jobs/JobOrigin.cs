using System.Text.Json;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Jobs;

/// <summary>The schedule that made a job, by what stands with the job. Whoever writes to Redis can write that, so it is a hint and no proof.</summary>
public sealed record JobOrigin(Guid ScheduleId, string ScheduleName)
{
    /// <summary>Null for jobs that no schedule made.</summary>
    public static JobOrigin? Of(JobDetails details)
    {
        if (!Guid.TryParse(Text(details, "ScheduleId"), out var id))
            return null;
        return new JobOrigin(id, Text(details, "ScheduleName") is { Length: > 0 } name ? name : id.ToString());
    }

    private static string? Text(JobDetails details, string name)
    {
        try
        {
            return details.Parameters.TryGetValue(name, out var json) ? JsonSerializer.Deserialize<string>(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
