using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Schedules.Files;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules.Details;

/// <summary>One schedule while somebody looks at it. What changes often is read each time, the rest when a new version or a new run asks for it.</summary>
public sealed class ScheduleDetails(Guid id, ScheduleStore store, LedgerStore ledger, CheckContexts contexts, TimeProvider time)
{
    public const int NextRuns = 5;
    public const int MostMisses = 100;
    private const int VersionsShown = 10;
    private const int RunsDrawn = 200;
    private const int BackfillsShown = 5;
    private static readonly TimeSpan SurroundingsEvery = TimeSpan.FromSeconds(15);
    private Timetable? _timetable;
    private int _readVersion;
    private long _surroundingsAt;
    private string _drawn = "";

    public Guid Id { get; } = id;

    /// <summary>True after the first answer.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Null: there is none.</summary>
    public Schedule? Schedule { get; private set; }

    public ScheduleStanding Standing { get; private set; }

    /// <summary>Its timing in words.</summary>
    public string When { get; private set; } = "";

    /// <summary>Why its timing cannot be computed.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public IReadOnlyList<PlannedMoment> Next { get; private set; } = [];

    /// <summary>The newest occurrences, oldest first.</summary>
    public IReadOnlyList<Occurrence> Recent { get; private set; } = [];

    /// <summary>What was missed and not acknowledged, newest first; at most <see cref="MostMisses"/>.</summary>
    public IReadOnlyList<Occurrence> Misses { get; private set; } = [];

    /// <summary>The newest runs with their times, oldest first.</summary>
    public IReadOnlyList<RunTime> Runs { get; private set; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<BackfillProgress> Backfills { get; private set; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<VersionView> Versions { get; private set; } = [];

    /// <summary>There are older versions than those that were read.</summary>
    public bool HasOlderVersions => Versions.Count > 0 && Versions[^1].Version.Version > 1;

    /// <summary>Its job type as published; null: unknown, or Redis did not answer.</summary>
    public JobType? Type { get; private set; }

    public bool IsTypeUnknown { get; private set; }

    /// <summary>From the file that is its source to the schedule.</summary>
    public IReadOnlyList<ChangedMember> Drift { get; private set; } = [];

    public TimeZoneInfo Zone => _timetable?.TimeZone ?? TimeZoneInfo.Utc;

    public async Task ReadAsync(CancellationToken cancel = default)
    {
        Schedule = await store.GetAsync(Id, cancel);
        IsRead = true;
        if (Schedule is not { } schedule) return;
        Standing = ScheduleStandings.Of(schedule, time.GetUtcNow());
        if (_readVersion == 0 || time.GetElapsedTime(_surroundingsAt) >= SurroundingsEvery || _readVersion != schedule.Version) await ReadSurroundingsAsync(schedule, cancel);
        if (_readVersion != schedule.Version) await ReadVersionAsync(schedule, cancel);
        Next = schedule.DeletedAt is null ? Following(time.GetUtcNow()) : [];
        Misses = [.. (await ledger.ListAsync(Id, new LedgerQuery { OnlyMissed = true, Limit = MostMisses }, cancel)).Items.Where(one => one.IsUnseenMiss(schedule))];
        await ReadRunsAsync(cancel);
    }

    public async Task ReadOlderVersionsAsync(CancellationToken cancel = default)
    {
        if (!HasOlderVersions) return;
        var older = await store.VersionsAsync(Id, Versions[^1].Version.Version, VersionsShown, cancel);
        Versions = Compared([.. Versions.Select(view => view.Version), .. older]);
    }

    /// <summary>What depends on other things than the schedule: its job type, the calendars.</summary>
    private async Task ReadSurroundingsAsync(Schedule schedule, CancellationToken cancel)
    {
        var context = await contexts.ForAsync(schedule.Definition, Id, cancel);
        (Type, IsTypeUnknown) = (context.JobType, context.IsCatalogueRead && context.JobType is null);
        (_timetable, var problems) = Timetable.Compile(schedule.Definition.When, context.Calendars);
        Problems = [.. problems.Select(problem => problem.Message)];
        _surroundingsAt = time.GetTimestamp();
    }

    private async Task ReadVersionAsync(Schedule schedule, CancellationToken cancel)
    {
        When = TimingWords.Describe(schedule.Definition.When);
        Drift = ScheduleDrift.Of(schedule);
        Versions = Compared(await store.VersionsAsync(Id, null, VersionsShown, cancel));
        _readVersion = schedule.Version;
    }

    private async Task ReadRunsAsync(CancellationToken cancel)
    {
        Recent = [.. (await ledger.StripsAsync([Id], StripShape.Most, cancel)).GetValueOrDefault(Id, []).Reverse()];
        var now = string.Join(' ', Recent.Select(one => one.Identity.JobId + one.Outcome + one.EndedAt?.UtcTicks));
        if (now == _drawn && _drawn.Length > 0 && !Backfills.Any(backfill => backfill.Open > 0)) return;
        _drawn = now;
        Runs = [.. (await ledger.RunTimesAsync(Id, RunsDrawn, cancel)).Reverse()];
        Backfills = await ledger.BackfillsAsync(Id, BackfillsShown, cancel);
    }

    private List<PlannedMoment> Following(DateTimeOffset after)
    {
        var moments = new List<PlannedMoment>();
        while (moments.Count < NextRuns && _timetable?.Next(after) is { } next)
        {
            moments.Add(next);
            after = next.NominalAt;
        }
        return moments;
    }

    private static List<VersionView> Compared(IReadOnlyList<ScheduleVersion> versions) =>
        [.. versions.Select((version, i) => new VersionView(version, i + 1 < versions.Count ? ScheduleDifference.Between(versions[i + 1].Definition, version.Definition) : null))];
}
