using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Reads schedules from the database, all at first and then what is new, and puts them into the set. Reading and compiling happen beside the
/// fire loop; only the putting in is done in its turn.
/// </summary>
public sealed class RunnerLoad(RunnerStore store, CalendarStore calendars, TimeProvider time, ILogger log)
{
    // An import of everything must not hold up what is due meanwhile.
    private const int MaxTurn = 500;

    // The transaction of a large import may take so long; its end is told by a notification that names no schedule.
    private static readonly TimeSpan LongestImport = TimeSpan.FromMinutes(2);

    private readonly Dictionary<Guid, DateTimeOffset> _known = [];
    private Dictionary<string, IReadOnlySet<DateOnly>> _days = new(StringComparer.OrdinalIgnoreCase);
    private PlanReader _plans = new(new Dictionary<string, IReadOnlySet<DateOnly>>());
    private DateTimeOffset _readAt;

    /// <summary>Called for each schedule whose stored next moment is out of date.</summary>
    public required Action<RunnerEntry> Moved { get; init; }

    /// <summary>Everything, read into a set that nobody uses yet.</summary>
    public async Task FillAsync(RunnerSet set, CancellationToken cancel)
    {
        var at = await DatabaseTimeAsync(cancel);
        await ReadCalendarsAsync(cancel);
        await foreach (var row in store.LoadAsync(cancel))
        {
            Apply(set, Prepare(row, isForced: false));
            _known[row.Id] = row.UpdatedAt;
        }
        _readAt = at;
    }

    /// <summary>Reads what is new, and has it put into the set in the turn of the fire loop.</summary>
    public async Task TakeNewAsync(RunnerTerm term, bool isWide, CancellationToken cancel)
    {
        var at = await DatabaseTimeAsync(cancel);
        await TakeAsync(term, store.ChangedSinceAsync(isWide ? _readAt - LongestImport : _readAt, cancel), isForced: false, cancel);
        _readAt = at;
    }

    public Task TakeAsync(RunnerTerm term, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
        ids.Count == 0 ? Task.CompletedTask : TakeAsync(term, store.LoadAsync(ids, cancel), isForced: false, cancel);

    /// <summary>When a calendar has changed: puts all schedules that name one into force again.</summary>
    public async Task TakeCalendarsAsync(RunnerTerm term, CancellationToken cancel)
    {
        if (await ReadCalendarsAsync(cancel))
            await TakeAsync(term, store.LoadAsync(cancel), isForced: true, cancel);
    }

    private async Task TakeAsync(RunnerTerm term, IAsyncEnumerable<RunnerRow> rows, bool isForced, CancellationToken cancel)
    {
        var changes = new List<EntryChange>();
        await foreach (var row in rows.WithCancellation(cancel))
        {
            if (isForced || !(_known.TryGetValue(row.Id, out var known) && known >= row.UpdatedAt))
                changes.Add(Prepare(row, isForced));
            if (changes.Count == MaxTurn)
                await PutInForceAsync(term, changes, cancel);
        }
        await PutInForceAsync(term, changes, cancel);
    }

    private async Task PutInForceAsync(RunnerTerm term, List<EntryChange> changes, CancellationToken cancel)
    {
        if (changes.Count == 0)
            return;
        await term.DoAsync(set => changes.ForEach(change => Apply(set, change)), cancel);
        foreach (var change in changes)
            _known[change.Row.Id] = change.Row.UpdatedAt;
        changes.Clear();
    }

    private void Apply(RunnerSet set, EntryChange change)
    {
        try
        {
            if (change.Apply(set, time.GetUtcNow()) is { } moved)
                Moved(moved);
        }
        catch (Exception e)
        {
            log.LogError(e, "Schedule {Schedule} ({Name}) could not be put in force; the others are not affected.", change.Row.Id, change.Row.Name);
        }
    }

    private EntryChange Prepare(RunnerRow row, bool isForced)
    {
        if (row.IsDeleted)
            return new EntryChange(row, null, null, null, isForced);
        var (plan, fault) = _plans.Read(row.Definition);
        if (fault is not null)
            log.LogError("Schedule {Schedule} ({Name}) does not run. {Fault} Edit it, or restore an earlier version.", row.Id, row.Name, fault);
        var planned = row.PlannedDefinition is { } before ? _plans.Read(before).Plan?.Moments : null;
        return new EntryChange(row, plan, fault, planned, isForced && plan?.Calendars.Count > 0);
    }

    private async Task<DateTimeOffset> DatabaseTimeAsync(CancellationToken cancel) => (await store.GetLeaseAsync(cancel)).ReadAt;

    private async Task<bool> ReadCalendarsAsync(CancellationToken cancel)
    {
        var read = await calendars.ListAsync(cancel);
        var days = read.ToDictionary(calendar => calendar.Name, calendar => (IReadOnlySet<DateOnly>)calendar.Days.Select(day => day.Date).ToHashSet(), StringComparer.OrdinalIgnoreCase);
        var isOther = !days.Count.Equals(_days.Count) || days.Any(calendar => !_days.TryGetValue(calendar.Key, out var known) || !known.SetEquals(calendar.Value));
        if (isOther)
            _plans = new PlanReader(_days = days);
        return isOther;
    }
}
