using System.Globalization;
using System.Text.Json;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Client;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>What is asked of the queue for an occurrence, and what its answer means for the ledger.</summary>
internal static class EnqueueRequests
{
    private const int LongestReason = 500;

    public static JobRequest Of(RunnerJob job) => new(job.Plan.JobType, job.Occurrence.Arguments ?? job.Plan.Arguments, new EnqueueOptions
    {
        Id = job.Id.JobId,
        Queue = job.Plan.Queue,
        Reason = ReasonOf(job),
        Tags = job.Plan.Tags,
        Parameters = new Dictionary<string, string>
        {
            ["ScheduleId"] = JsonSerializer.Serialize(job.Occurrence.ScheduleId),
            ["ScheduleName"] = JsonSerializer.Serialize(job.Plan.Name),
            ["ScheduleOwner"] = JsonSerializer.Serialize(job.Plan.Owner),
            ["ScheduledFor"] = JsonSerializer.Serialize(job.Occurrence.NominalAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        },
    });

    /// <summary>Until when a job is tried to be made; null: for as long as it takes, because somebody asked for it.</summary>
    public static DateTimeOffset? Limit(RunnerJob job)
    {
        if (job.Occurrence.Kind != OccurrenceKind.Planned || job.Occurrence.State == OccurrenceState.Buffered)
            return null;
        var window = job.Plan.CatchUp.Mode == CatchUpMode.Skip ? 0 : job.Plan.CatchUp.WindowSeconds;
        return job.Occurrence.DueAt.AddSeconds(Math.Max(job.Plan.GraceSeconds, window));
    }

    /// <summary>The state of an occurrence whose job was in the queue at this moment.</summary>
    public static OccurrenceState StateAt(RunnerJob job, DateTimeOffset enqueuedAt)
    {
        if (job.Occurrence.State == OccurrenceState.Buffered)
            return OccurrenceState.Buffered;
        return enqueuedAt - job.Occurrence.DueAt > TimeSpan.FromSeconds(job.Plan.GraceSeconds) ? OccurrenceState.Late : OccurrenceState.Ran;
    }

    private static string ReasonOf(RunnerJob job)
    {
        var reason = "Schedule " + job.Plan.Name;
        return reason.Length <= LongestReason ? reason : reason[..LongestReason];
    }
}
