using System.Diagnostics;
using OpsConsole.Bench;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Redis hangs: its connections stay open, and it says nothing.</summary>
internal sealed class RedisPause : IExperiment
{
    private const int Callers = 20;

    public string Name => "redis-pause";

    public string About => "SIGSTOP of Redis for 30 s: enqueue fails within 2 s, threads do not pile up, nothing lost";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var pause = settings.Quick ? 8 : 30;
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 2, slots: 20);
        await space.Load.MakeAsync(settings.Quick ? 1_000 : 5_000, "chaos.work", """{"milliseconds":200}""");
        await Task.Delay(1_000);
        var before = space.Fleet.Workers.Max(worker => worker.Threads);
        using var own = Process.GetCurrentProcess();
        var ownBefore = ThreadsOf(own);
        await space.Redis.FreezeAsync();
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(i => CallAsync(space, i, end.Token)).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(pause));
        var (threads, ownThreads) = (space.Fleet.Workers.Max(worker => worker.Threads), ThreadsOf(own));
        await end.CancelAsync();
        var refusals = (await Task.WhenAll(callers)).SelectMany(times => times).ToList();
        await space.Redis.ThawAsync();
        var since = Stopwatch.GetTimestamp();
        var firstAgain = await Waiting.TryUntilAsync(TimeSpan.FromMinutes(1), () => IsMadeAsync(space));
        var settled = await space.SettleAsync(TimeSpan.FromMinutes(2));
        var verdict = await space.JudgeAsync();
        return new ChaosReport(Name, $"Redis frozen for {pause} s under {Callers} callers; settled {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s afterwards", verdict.Lost.Count, verdict.Audit.DoubleEffects,
        [
            .. verdict.Figures,
            new Figure("settled", settled ? 1 : 0, AtLeast: 1),
            new Figure("enqueues_refused", refusals.Count, AtLeast: Callers),
            settings.Timed("enqueue_refused_after_max_s", refusals.DefaultIfEmpty(double.NaN).Max(), atMost: 2.2),
            new Figure("enqueues_again", firstAgain is null ? 0 : 1, AtLeast: 1),
            settings.Timed("enqueue_again_s", firstAgain?.TotalSeconds ?? double.NaN, atMost: 5),
            settings.Timed("worker_threads_more", threads - before, atMost: 10),
            settings.Timed("caller_threads_more", ownThreads - ownBefore, atMost: 10),
        ]);
    }

    /// <returns>How long each refusal took, in seconds.</returns>
    private static async Task<List<double>> CallAsync(ChaosSpace space, int caller, CancellationToken cancel)
    {
        var times = new List<double>();
        while (!cancel.IsCancellationRequested)
        {
            var since = Stopwatch.GetTimestamp();
            try
            {
                await space.Client.EnqueueAsync("chaos.work", """{"milliseconds":1}""", new EnqueueOptions { Id = $"paused-{caller}-{times.Count}" }, CancellationToken.None);
                throw new InvalidOperationException("A Redis that is frozen has acknowledged a job.");
            }
            catch (JobStorageException)
            {
                times.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
            }
        }
        return times;
    }

    private static async Task<bool> IsMadeAsync(ChaosSpace space)
    {
        try
        {
            return (await space.Client.EnqueueAsync("chaos.work", """{"milliseconds":1}""", new EnqueueOptions { Id = "again" })).Outcome is EnqueueOutcome.Created or EnqueueOutcome.AlreadyExists;
        }
        catch (JobStorageException)
        {
            return false;
        }
    }

    private static int ThreadsOf(Process process)
    {
        process.Refresh();
        return process.Threads.Count;
    }
}
