using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Makes the jobs of one batch, for as long as it takes Redis to answer. An answer that got lost does no harm: the same call under
/// the same ids finds the jobs that are there.
/// </summary>
public sealed class EnqueueBatch(JobClient client, JobInspector inspector, EnqueueMarks marks, RunnerMeters meters, TimeProvider time, ILogger log)
{
    public async Task MakeAsync(IReadOnlyList<RunnerJob> jobs, CancellationToken cancel)
    {
        var backOff = new BackOff();
        var told = new HashSet<OccurrenceId>();
        var failures = 0;
        while (jobs.Count > 0)
        {
            try
            {
                var byTime = jobs.ToLookup(IsOver);
                await EnqueueAsync([.. byTime[false]], cancel);
                await SettleAsync([.. byTime[true]], cancel);
                return;
            }
            catch (JobStorageException e)
            {
                if (failures++ == 0)
                    log.LogWarning("{Count} occurrences of schedules wait for Redis: {Cause}", jobs.Count, e.Message);
                // Said at once; still open, because only Redis knows whether a call whose answer got lost has made the job.
                foreach (var job in jobs.Where(job => IsOver(job) && told.Add(job.Id)))
                    TellFailed(job, $"Redis could not be reached in time: {e.Message}", isOpen: true);
                await backOff.WaitAsync(time, cancel);
                cancel.ThrowIfCancellationRequested();
            }
            catch (Exception e) when (e is not OperationCanceledException && jobs.Count > 1)
            {
                // One of them is bad, or something nobody foresaw: the others must not suffer.
                log.LogError(e, "A batch of {Count} occurrences failed; they are tried one by one.", jobs.Count);
                foreach (var job in jobs)
                    await MakeAsync([job], cancel);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "No job could be made for schedule {Schedule} of {Nominal:O}.", jobs[0].Plan.Name, jobs[0].Occurrence.NominalAt);
                TellFailed(jobs[0], $"The console failed while it made the job: {e.Message}", isOpen: false);
                return;
            }
        }
    }

    private bool IsOver(RunnerJob job) => EnqueueRequests.Limit(job) < time.GetUtcNow();

    private async Task EnqueueAsync(IReadOnlyList<RunnerJob> jobs, CancellationToken cancel)
    {
        if (jobs.Count == 0)
            return;
        var results = await client.EnqueueManyAsync([.. jobs.Select(EnqueueRequests.Of)], cancel);
        var now = time.GetUtcNow();
        var there = new List<RunnerJob>();
        foreach (var (job, result) in jobs.Zip(results))
        {
            if (result.Outcome == EnqueueOutcome.Created)
                TellMade(job, now);
            else if (result.Outcome == EnqueueOutcome.AlreadyExists)
                there.Add(job);
            else if (result.Outcome == EnqueueOutcome.DuplicateKey)
                Tell(job, OccurrenceState.Skipped, null, result.Message, isOpen: false);
            else
                TellFailed(job, result.Message, isOpen: false);
        }
        await TellThereAsync(there, now, cancel);
    }

    /// <summary>A job that was there already, made by a predecessor or by a call whose answer got lost, was in the queue when it was made.</summary>
    private async Task TellThereAsync(List<RunnerJob> jobs, DateTimeOffset now, CancellationToken cancel)
    {
        var made = await MadeAtAsync(jobs, cancel);
        foreach (var job in jobs)
            TellMade(job, made.GetValueOrDefault(job.Id.JobId) ?? now);
    }

    /// <summary>Their time is over. Whether a job was made of them all the same, by a call whose answer got lost, only Redis knows.</summary>
    private async Task SettleAsync(List<RunnerJob> jobs, CancellationToken cancel)
    {
        var made = await MadeAtAsync(jobs, cancel);
        foreach (var job in jobs)
        {
            if (made.TryGetValue(job.Id.JobId, out var at))
                TellMade(job, at ?? time.GetUtcNow());
            else
                TellFailed(job, "Its job could not be made in time: Redis was away, or no console ran the schedules.", isOpen: false);
        }
    }

    private async Task<Dictionary<string, DateTimeOffset?>> MadeAtAsync(List<RunnerJob> jobs, CancellationToken cancel)
    {
        if (jobs.Count == 0)
            return [];
        var records = await inspector.GetJobsAsync([.. jobs.Select(job => job.Id.JobId)], cancel);
        return records.Where(record => record.CreatedAt is not null).ToDictionary(record => record.Id, record => record.CreatedAt);
    }

    private void TellMade(RunnerJob job, DateTimeOffset at)
    {
        meters.Made(job.Occurrence, at);
        var state = EnqueueRequests.StateAt(job, at);
        var cause = job.Occurrence.Cause ?? (state == OccurrenceState.Late ? "Its job could only be made after the grace: the queue or the runner was away." : null);
        Tell(job, state, at, cause, isOpen: true);
    }

    private void TellFailed(RunnerJob job, string cause, bool isOpen) => Tell(job, OccurrenceState.FailedToEnqueue, null, cause, isOpen);

    private void Tell(RunnerJob job, OccurrenceState state, DateTimeOffset? at, string? cause, bool isOpen) =>
        marks.Post(new EnqueuedRow(job.Id, state, at, cause, isOpen));
}
