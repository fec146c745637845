using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Marks deadlines that have passed, and takes out jobs that have waited for longer than their expiry allows.</summary>
public sealed class TimeLimits(RunnerStore store, JobInspector inspector, JobControl control, Settler settler, TimeProvider time)
{
    private const int Page = 500;

    public async Task CheckAsync(RunnerTerm term, CancellationToken cancel)
    {
        await CheckDeadlinesAsync(term, cancel);
        await CheckExpiryAsync(term, cancel);
    }

    private async Task CheckDeadlinesAsync(RunnerTerm term, CancellationToken cancel)
    {
        var late = await store.PastDeadlineAsync(time.GetUtcNow(), Page, cancel);
        if (late.Count == 0)
            return;
        // Of one that has ended in time the event may be on its way, or lost.
        await settler.SettleAsync(term, await LookUpAsync([.. late.Where(row => row.EnqueuedAt is not null)], cancel), cancel);
        if (!await store.MarkDeadlinesMissedAsync(term.Epoch, [.. late.Select(row => row.Identity)], Settler.DeadlineMissed, cancel))
            throw new FencedException(term.Epoch);
    }

    private async Task CheckExpiryAsync(RunnerTerm term, CancellationToken cancel)
    {
        var late = await store.PastExpiryAsync(time.GetUtcNow(), Page, cancel);
        if (late.Count == 0)
            return;
        var jobs = await inspector.GetJobsAsync([.. late.Select(row => row.Identity.JobId)], cancel);
        var news = new List<JobNews>();
        foreach (var (row, job) in late.Zip(jobs))
        {
            if (HasNotStarted(job) && await ExpireAsync(term, row, cancel))
                news.Add(new JobNews(row.Identity, JobNewsKind.Ended, time.GetUtcNow()) { Outcome = JobOutcome.Expired });
            else if (JobNews.Of(row.Identity, job, time.GetUtcNow()) is { } known)
                news.Add(known);
        }
        await settler.SettleAsync(term, news, cancel);
    }

    private static bool HasNotStarted(JobRecord job) => job is { Attempt: 0, State: JobState.Enqueued or JobState.Scheduled or JobState.Awaiting };

    private async Task<bool> ExpireAsync(RunnerTerm term, Occurrence row, CancellationToken cancel)
    {
        var name = await term.DoAsync(set => set.TryGet(row.ScheduleId, out var entry) ? entry.Plan?.Name : null, cancel);
        var result = await control.DeleteAsync(row.Identity.JobId, ScheduleActor.Expires(name ?? "that is deleted", row.ExpirySeconds!.Value), cancel);
        return result.Outcome == ControlOutcome.Done;
    }

    private async Task<List<JobNews>> LookUpAsync(List<Occurrence> rows, CancellationToken cancel)
    {
        var jobs = await inspector.GetJobsAsync([.. rows.Select(row => row.Identity.JobId)], cancel);
        var now = time.GetUtcNow();
        return [.. rows.Zip(jobs).Select(pair => JobNews.Of(pair.First.Identity, pair.Second, now)).OfType<JobNews>()];
    }
}
