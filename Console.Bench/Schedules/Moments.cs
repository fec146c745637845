using OpsConsole.Data.Schedules;

namespace OpsConsole.Bench.Schedules;

/// <summary>Whether each moment of a range made exactly one job that ran exactly once.</summary>
/// <param name="Expected">Moments, by arithmetic.</param>
/// <param name="Double">Starts beyond the first of a job, and jobs of moments that nobody planned.</param>
/// <param name="Lost">Moments whose job has not run.</param>
internal sealed record Moments(long Expected, long Double, long Lost)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits for the jobs of a range of moments, and counts their starts.</summary>
    /// <param name="ids">Schedules that name a moment in every second.</param>
    /// <param name="from">A whole second, included.</param>
    /// <param name="to">A whole second, not included.</param>
    public static async Task<Moments> CountAsync(IReadOnlySet<Guid> ids, DateTimeOffset from, DateTimeOffset to)
    {
        var seconds = (long)(to - from).TotalSeconds;
        var planned = ids.SelectMany(id => Enumerable.Range(0, (int)seconds).Select(second => new OccurrenceId(id, from.AddSeconds(second), Guid.Empty).JobId)).ToHashSet(StringComparer.Ordinal);
        await Waiting.TryUntilAsync(Patience, () => Task.FromResult(planned.All(BenchJobs.Starts.ContainsKey)), pause: TimeSpan.FromMilliseconds(200));
        var again = BenchJobs.Starts.Sum(start => start.Value - 1);
        var unplanned = BenchJobs.Starts.Keys.Count(id => OccurrenceId.OfJob(id) is not { } one || !ids.Contains(one.ScheduleId));
        return new Moments(planned.Count, again + unplanned, planned.Count(id => !BenchJobs.Starts.ContainsKey(id)));
    }
}
