using Microsoft.Extensions.Options;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Runs the schedules for one term: until another process has taken over, or this one is told to stop.</summary>
public sealed class TermHost(RunnerServices services, IEnumerable<IRunnerPart> parts, IOptions<ScheduleOptions> options, ILogger<TermHost> log)
{
    private const int Many = 10_000;
    private static readonly TimeSpan PartPause = TimeSpan.FromSeconds(2);
    private readonly IReadOnlyList<IRunnerPart> _parts = [.. parts];

    /// <summary>Ends with <see cref="FencedException"/>, with the cancellation, or with what nobody foresaw.</summary>
    public async Task RunAsync(long epoch, CancellationToken cancel)
    {
        var pieces = new TermPieces(epoch, services, _parts, options.Value, log);
        using var end = new CancellationTokenSource();
        using var link = cancel.UnsafeRegister(_ => End(end), null);
        // The lease is kept from the first moment on, for the reading takes its time.
        var tasks = new List<Task> { pieces.Keeper.RunAsync(end.Token), StartAsync(pieces, end.Token) };
        try
        {
            await Task.WhenAny(tasks);
            if (!tasks[1].IsCompletedSuccessfully)
                return;
            tasks.RemoveAt(1);
            tasks.AddRange(Pieces(pieces, end.Token));
            await Task.WhenAny(tasks);
        }
        finally
        {
            // What was in memory is dropped; what was on its way to the database is fenced.
            End(end);
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ThrowFirst(tasks);
        }
    }

    private async Task StartAsync(TermPieces pieces, CancellationToken cancel)
    {
        var since = services.Time.GetTimestamp();
        var set = pieces.Term.Set;
        await pieces.Load.FillAsync(set, cancel);
        await pieces.Sweep.FillAsync(cancel);
        // The texts that were read are several times as large as what is kept of them, and nothing else would give their memory back for long.
        if (set.Count >= Many)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        log.LogInformation("This console runs the schedules (epoch {Epoch}): {Count} loaded in {Seconds:F1} s, {Planned} have a next moment.",
            pieces.Term.Epoch, set.Count, services.Time.GetElapsedTime(since).TotalSeconds, set.Planned);
    }

    private IEnumerable<Task> Pieces(TermPieces pieces, CancellationToken cancel) =>
    [
        pieces.Loop.RunAsync(cancel), pieces.Stage.RunAsync(cancel), pieces.Marks.RunAsync(cancel), pieces.Feed.RunAsync(cancel), pieces.Sweep.RunAsync(cancel),
        .. _parts.Select(part => RunPartAsync(part, pieces.Term, cancel)),
    ];

    private async Task RunPartAsync(IRunnerPart part, RunnerTerm term, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await part.RunAsync(term, cancel);
            }
            catch (Exception e) when (e is not FencedException && !cancel.IsCancellationRequested)
            {
                log.LogError(e, "{Part} met an error; it starts again in {Seconds} s.", part.GetType().Name, PartPause.TotalSeconds);
            }
            await Task.Delay(PartPause, services.Time, cancel);
        }
    }

    // A connection that breaks at the same moment throws out of its own cancellation; that is no reason to stay.
    private void End(CancellationTokenSource end)
    {
        try
        {
            end.Cancel();
        }
        catch (AggregateException e)
        {
            log.LogDebug(e, "Something failed while it was cancelled.");
        }
    }

    // The reason comes before the cancellations that followed from it.
    private static void ThrowFirst(IReadOnlyList<Task> tasks)
    {
        if (tasks.Select(task => task.Exception?.InnerException).FirstOrDefault(error => error is FencedException) is { } fenced)
            throw fenced;
        if (tasks.Select(task => task.Exception?.InnerException).FirstOrDefault(error => error is not null) is { } error)
            throw new InvalidOperationException("The schedule runner met an error.", error);
    }
}
