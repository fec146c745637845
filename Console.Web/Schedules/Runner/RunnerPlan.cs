using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>What the runner needs of a definition, and no more: there are a hundred thousand of them.</summary>
public sealed record RunnerPlan
{
    public required string Name { get; init; }

    public required string JobType { get; init; }

    public string Arguments { get; init; } = "{}";

    /// <summary>Null: the queue of the job type.</summary>
    public string? Queue { get; init; }

    /// <summary>Goes with its jobs, so that what ran can be told by it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Likewise.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>IANA name; the zone of the deadline.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Shared by all schedules of the same timing.</summary>
    public required IMoments Moments { get; init; }

    /// <summary>Calendars whose change is a change of the moments.</summary>
    public IReadOnlyList<string> Calendars { get; init; } = [];

    public OverlapPolicy Overlap { get; init; }

    public int BufferLimit { get; init; } = 100;

    public CatchUp CatchUp { get; init; } = Standard;

    public int GraceSeconds { get; init; } = 60;

    public int? ExpirySeconds { get; init; }

    public long? MaxRuns { get; init; }

    public int? PauseAfterFailures { get; init; }

    public TimeOnly? Deadline { get; init; }

    /// <summary>Most schedules have this one, and share it.</summary>
    public static readonly CatchUp Standard = new();
}
