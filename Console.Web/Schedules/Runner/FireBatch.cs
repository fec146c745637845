using OpsConsole.Data;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Decides about due schedules, writes the decisions in one transaction, and only then believes them. A schedule that cannot be
/// decided about or written is put aside for a while; it never stops the others.
/// </summary>
public sealed class FireBatch(RunnerTerm term, RunnerStore store, TimeProvider time, ILogger log)
{
    private const int MaxCursors = 250;
    private const int MaxRows = 5_000;
    private const int FewDue = 20;
    private const int FewRows = 50;
    private static readonly TimeSpan AsideFor = TimeSpan.FromSeconds(30);

    private readonly PriorityQueue<Guid, DateTimeOffset> _aside = new();
    private readonly Queue<Guid> _unwritten = new();

    /// <summary>Called when an occurrence was in the ledger before: it may be pending with nobody at work on it.</summary>
    public required Action FoundThere { get; init; }

    /// <summary>The cursor of this schedule is to be written when there is nothing better to do.</summary>
    public void Remember(Guid schedule) => _unwritten.Enqueue(schedule);

    /// <summary>Gives those that were put aside another chance.</summary>
    public void ComeBack(DateTimeOffset now)
    {
        while (_aside.TryPeek(out var id, out var at) && at <= now)
        {
            _aside.Dequeue();
            if (term.Set.TryGet(id, out var entry))
                term.Set.Put(entry);
        }
    }

    public async Task FireAsync(IReadOnlyList<RunnerEntry> due, DateTimeOffset now, CancellationToken cancel)
    {
        var fires = new List<Fire>(due.Count);
        var rows = 0;
        foreach (var entry in due)
        {
            // After an outage every schedule may have many; what is too much for one transaction is due again at once.
            if (rows >= MaxRows)
                term.Set.Put(entry);
            else if (Decide(entry, now, due.Count > FewDue ? FewRows : FirePolicy.MostRows) is { } decision)
            {
                fires.Add(new Fire(entry, decision));
                rows += decision.Occurrences.Count;
            }
        }
        try
        {
            await WriteAsync(fires, cancel);
        }
        catch
        {
            // Nothing was believed, so they are still due. Those that were put aside meanwhile are due again too; it does no harm.
            foreach (var fire in fires)
                term.Set.Put(fire.Entry);
            throw;
        }
    }

    /// <summary>Writes some of the remembered cursors. False when there was none.</summary>
    public async Task<bool> WriteCursorsAsync(CancellationToken cancel)
    {
        var rows = new List<FireRow>();
        var taken = new List<Guid>();
        while (taken.Count < MaxCursors && _unwritten.TryDequeue(out var id))
        {
            taken.Add(id);
            if (term.Set.TryGet(id, out var entry) && (entry.Plan ?? (object?)entry.Stored) is not null)
                rows.Add(FireRows.Of(entry));
        }
        if (taken.Count == 0)
            return false;
        try
        {
            if (rows.Count > 0)
                await StoreAsync(rows, cancel);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            taken.ForEach(_unwritten.Enqueue);
            throw;
        }
        return true;
    }

    private FireDecision? Decide(RunnerEntry entry, DateTimeOffset now, int most)
    {
        try
        {
            var decision = FirePolicy.Decide(entry, now, most);
            return decision.Next?.DueAt <= now && decision.Occurrences.Count == 0
                ? throw new InvalidOperationException($"Nothing was decided about the moment {entry.Next?.NominalAt:O}.")
                : decision;
        }
        catch (Exception e)
        {
            PutAside(entry, e);
            return null;
        }
    }

    private async Task WriteAsync(IReadOnlyList<Fire> fires, CancellationToken cancel)
    {
        if (fires.Count == 0)
            return;
        try
        {
            var isNew = await StoreAsync([.. fires.Select(fire => FireRows.Of(fire.Entry, fire.Decision))], cancel);
            foreach (var fire in fires)
                Believe(fire, isNew);
        }
        catch (Exception e) when (e is not (OperationCanceledException or FencedException) && !ConsoleDatabase.IsAway(e))
        {
            if (fires.Count == 1)
            {
                PutAside(fires[0].Entry, e);
                return;
            }
            // One of them is refused: halves find out which.
            await WriteAsync([.. fires.Take(fires.Count / 2)], cancel);
            await WriteAsync([.. fires.Skip(fires.Count / 2)], cancel);
        }
    }

    private async Task<IReadOnlySet<OccurrenceId>> StoreAsync(IReadOnlyList<FireRow> rows, CancellationToken cancel)
    {
        var result = await store.FireAsync(term.Epoch, rows, cancel);
        return result.IsFenced ? throw new FencedException(term.Epoch) : result.Inserted;
    }

    private void Believe(Fire fire, IReadOnlySet<OccurrenceId> isNew)
    {
        var (entry, decision) = fire;
        entry.Advance(decision);
        term.Set.Put(entry);
        foreach (var occurrence in decision.Occurrences.Where(occurrence => occurrence.IsOpen))
        {
            var id = occurrence.Identity;
            if (!isNew.Contains(id))
            {
                FoundThere();
                continue;
            }
            if (occurrence.State == OccurrenceState.Buffered)
            {
                term.Set.Wait(entry, occurrence);
                continue;
            }
            entry.Begin(id);
            term.Jobs.Post(new RunnerJob(occurrence, entry.Plan!, decision.IsPaced));
        }
    }

    private void PutAside(RunnerEntry entry, Exception e)
    {
        log.LogError(e, "Schedule {Schedule} ({Name}) could not be fired; it is tried again in {Seconds} s.", entry.Id, entry.Plan?.Name, AsideFor.TotalSeconds);
        _aside.Enqueue(entry.Id, time.GetUtcNow() + AsideFor);
    }

    private sealed record Fire(RunnerEntry Entry, FireDecision Decision);
}
