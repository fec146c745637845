namespace OpsConsole.Data.Schedules;

/// <summary>What to read of a schedule's ledger. Every filter narrows; an empty list does not.</summary>
public sealed record LedgerQuery
{
    public IReadOnlyList<OccurrenceState> States { get; init; } = [];

    public IReadOnlyList<OccurrenceKind> Kinds { get; init; } = [];

    public IReadOnlyList<JobOutcome> Outcomes { get; init; } = [];

    /// <summary>Only those of this request: a manual run or a backfill.</summary>
    public Guid? Origin { get; init; }

    /// <summary>Only missed ones, such that failed to enqueue, and such that missed their deadline.</summary>
    public bool OnlyMissed { get; init; }

    /// <summary>Range of nominal moments, the second one not included.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary><see cref="LedgerPage.Next"/> of the page before; null begins with the newest.</summary>
    public LedgerPlace? Before { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>A place in the ledger of one schedule.</summary>
public readonly record struct LedgerPlace(DateTimeOffset NominalAt, Guid Origin);

/// <summary>One page, newest first.</summary>
public sealed record LedgerPage(IReadOnlyList<Occurrence> Items, LedgerPlace? Next);

/// <summary>An occurrence with the name of its schedule.</summary>
public sealed record NamedOccurrence(Occurrence Occurrence, string ScheduleName);

/// <summary>One run of a schedule, for its curves.</summary>
/// <param name="Lateness">From the moment it was due to the queue; negative when the clocks disagree.</param>
/// <param name="Duration">Null while it is not over, and when no worker has said.</param>
public sealed record RunTime(DateTimeOffset NominalAt, TimeSpan Lateness, TimeSpan? Duration, JobOutcome? Outcome);

/// <summary>What a schedule has missed since an operator last looked.</summary>
/// <param name="LastCause">Of the newest one.</param>
public sealed record MissedSchedule(
    Guid Id, string Name, int Missed, int FailedToEnqueue, int DeadlinesMissed, DateTimeOffset FirstAt, DateTimeOffset LastAt, string? LastCause);

/// <param name="Schedules">How many schedules there are, those beyond the limit included.</param>
public sealed record MissedPage(IReadOnlyList<MissedSchedule> Items, int Schedules);

/// <summary>A schedule that should have been fired by now.</summary>
public sealed record OverdueSchedule(Guid Id, string Name, DateTimeOffset DueAt, int GraceSeconds);

/// <param name="Schedules">How many schedules there are, those beyond the limit included.</param>
public sealed record OverduePage(IReadOnlyList<OverdueSchedule> Items, int Schedules);

/// <summary>A backfill and how far it is.</summary>
/// <param name="Open">Occurrences that wait or run.</param>
/// <param name="Failed">All others without a success, skipped ones included.</param>
public sealed record BackfillProgress(ScheduleBackfill Backfill, int Open, int Succeeded, int Failed);
