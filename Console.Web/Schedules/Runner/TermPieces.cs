using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>What the pieces of a term are made of; the same for every term.</summary>
public sealed record RunnerServices(
    RunnerStore Store, ScheduleChanges Changes, CalendarStore Calendars, JobClient Client, JobInspector Inspector, RunnerMeters Meters, TimeProvider Time);

/// <summary>
/// The pieces of one term, fitted together: the feed brings changes into the loop, the loop writes fires and hands jobs to the stage,
/// the stage makes them and hands marks to the ledger.
/// </summary>
internal sealed class TermPieces
{
    private readonly IReadOnlyList<IRunnerPart> _parts;

    public TermPieces(long epoch, RunnerServices use, IReadOnlyList<IRunnerPart> parts, ScheduleOptions options, ILogger log)
    {
        var time = use.Time;
        _parts = parts;
        Marks = new EnqueueMarks(epoch, use.Store, time, log) { Written = Tell };
        Stage = new EnqueueStage(new EnqueueBatch(use.Client, use.Inspector, Marks, use.Meters, time, log), time);
        Term = new RunnerTerm(epoch, new RunnerSet(), Stage);
        Keeper = new LeaseKeeper(Term, use.Store, options.LeaseSeconds, time, log);
        Sweep = new RunSweep(Term, new OpenRuns(use.Store, Marks, time), time, log);
        Batch = new FireBatch(Term, use.Store, time, log) { FoundThere = Sweep.Request };
        Load = new RunnerLoad(use.Store, use.Calendars, time, log) { Moved = entry => Batch.Remember(entry.Id) };
        Feed = new ChangeFeed(Term, Load, Sweep, use.Changes, parts, options.PollSeconds, time, log);
        Loop = new FireLoop(Term, Batch, Stage, time, log) { Refresh = Feed.RefreshAsync };
    }

    public RunnerTerm Term { get; }

    public LeaseKeeper Keeper { get; }

    public EnqueueMarks Marks { get; }

    public EnqueueStage Stage { get; }

    public RunSweep Sweep { get; }

    public FireBatch Batch { get; }

    public RunnerLoad Load { get; }

    public ChangeFeed Feed { get; }

    public FireLoop Loop { get; }

    private void Tell(IReadOnlyList<EnqueuedRow> rows)
    {
        // Still open after a failure means that it is still tried.
        foreach (var row in rows.Where(row => row.State != OccurrenceState.FailedToEnqueue || !row.IsOpen))
            Stage.Forget(row.Id);
        foreach (var part in _parts)
            part.OnMarked(Term, rows);
    }
}
