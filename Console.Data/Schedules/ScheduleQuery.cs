namespace OpsConsole.Data.Schedules;

/// <summary>What to read of the schedules that are not deleted. Every filter narrows.</summary>
public sealed record ScheduleQuery
{
    /// <summary>Somewhere in name, description, owner, job type or tags, case ignored.</summary>
    public string? Text { get; init; }

    public string? JobType { get; init; }

    public string? Queue { get; init; }

    public string? Tag { get; init; }

    public string? Owner { get; init; }

    public ScheduleState? State { get; init; }

    public JobOutcome? LastOutcome { get; init; }

    /// <summary>Name of the file that is their source.</summary>
    public string? Source { get; init; }

    public ScheduleSort Sort { get; init; }

    /// <summary><see cref="ScheduleListPage.Next"/> of the page before; null for the first one.</summary>
    public string? After { get; init; }

    public int Limit { get; init; } = 50;
}

public enum ScheduleState
{
    Enabled,
    Paused,

    /// <summary>Neither paused nor has it a next moment.</summary>
    Ended,
}

public enum ScheduleSort
{
    Name,

    /// <summary>The soonest next run first.</summary>
    Next,

    /// <summary>The latest last run first.</summary>
    Last,
}

/// <summary>One page of schedules, with their cursors.</summary>
/// <param name="Next">Goes into <see cref="ScheduleQuery.After"/>; null on the last page.</param>
/// <param name="Total">How many fit the filters, counted up to <see cref="ScheduleLimits.Count"/>; beyond it that number plus one.</param>
public sealed record ScheduleListPage(IReadOnlyList<Schedule> Items, string? Next, int Total);

/// <summary>What the filters offer, each most frequent first and at most <see cref="ScheduleLimits.Facet"/>.</summary>
public sealed record ScheduleFacets(
    IReadOnlyList<FacetValue> JobTypes, IReadOnlyList<FacetValue> Queues, IReadOnlyList<FacetValue> Tags, IReadOnlyList<FacetValue> Owners)
{
    /// <summary>How many are in each state.</summary>
    public IReadOnlyDictionary<ScheduleState, int> States { get; init; } = new Dictionary<ScheduleState, int>();

    /// <summary>How many have each outcome as their last one.</summary>
    public IReadOnlyDictionary<JobOutcome, int> LastOutcomes { get; init; } = new Dictionary<JobOutcome, int>();
}

public sealed record FacetValue(string Value, int Count);

public sealed record ScheduleName(Guid Id, string Name);
