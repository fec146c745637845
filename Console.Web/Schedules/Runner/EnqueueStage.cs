using System.Collections.Concurrent;
using System.Threading.Channels;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Turns occurrences of the ledger into jobs, behind the fire loop and at the same time as it. What makes up for the past goes through a
/// door of its own and slowly, so that it never delays what is due now.
/// </summary>
public sealed class EnqueueStage(EnqueueBatch batch, TimeProvider time) : IRunnerJobs
{
    private const int MaxBatch = 500;
    private const int MaxPaced = 10_000;
    private const int PacedBatch = 10;
    private static readonly TimeSpan PacedEvery = TimeSpan.FromMilliseconds(100);

    private readonly Channel<RunnerJob> _now = Channel.CreateUnbounded<RunnerJob>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<RunnerJob> _paced = Channel.CreateBounded<RunnerJob>(new BoundedChannelOptions(MaxPaced) { SingleReader = true });
    private readonly ConcurrentDictionary<OccurrenceId, byte> _underWay = new();

    /// <summary>Jobs that are on their way, up to the mark in the ledger.</summary>
    public int Backlog => _underWay.Count;

    /// <summary>Takes a job. What does not fit in is still pending in the ledger, where the sweep finds it.</summary>
    public void Post(RunnerJob job)
    {
        if (_underWay.TryAdd(job.Id, 0) && !(job.IsPaced ? _paced : _now).Writer.TryWrite(job))
            Forget(job.Id);
    }

    public bool IsUnderWay(OccurrenceId id) => _underWay.ContainsKey(id);

    /// <summary>The occurrence is marked in the ledger: nothing of it is under way any more.</summary>
    public void Forget(OccurrenceId id) => _underWay.TryRemove(id, out _);

    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(RunNowAsync(cancel), RunPacedAsync(cancel));

    private async Task RunNowAsync(CancellationToken cancel)
    {
        while (await _now.Reader.WaitToReadAsync(cancel))
            await batch.MakeAsync(Take(_now.Reader, MaxBatch), cancel);
    }

    private async Task RunPacedAsync(CancellationToken cancel)
    {
        while (await _paced.Reader.WaitToReadAsync(cancel))
        {
            var since = time.GetTimestamp();
            await batch.MakeAsync(Take(_paced.Reader, PacedBatch), cancel);
            if (PacedEvery - time.GetElapsedTime(since) is { Ticks: > 0 } rest)
                await Task.Delay(rest, time, cancel);
        }
    }

    private static List<RunnerJob> Take(ChannelReader<RunnerJob> from, int limit)
    {
        var jobs = new List<RunnerJob>();
        while (jobs.Count < limit && from.TryRead(out var job))
            jobs.Add(job);
        return jobs;
    }
}
