namespace OpsConsole.Data.Figures.Targets;

/// <summary>What a target is set for. Stored as a number.</summary>
public enum TargetKind : short
{
    AllJobs = 0,
    JobType = 1,
    Schedule = 2,
    AllSchedules = 3,
}

/// <summary>What a target measures. Stored as a number.</summary>
public enum TargetMeasure : short
{
    /// <summary>Jobs that succeeded, after whatever retries, of those that came to their end.</summary>
    Succeeded = 1,
    /// <summary>Attempts that waited no longer than the limit, of those that were started.</summary>
    StartedInTime = 2,
    /// <summary>Planned moments whose job was in its queue within the grace.</summary>
    OnTime = 3,
    /// <summary>Moments with a deadline that was met.</summary>
    DeadlineMet = 4,
}

/// <summary>A service level that is promised: so many of a hundred.</summary>
public sealed record Target
{
    public Guid Id { get; init; }

    public TargetKind Kind { get; init; }

    /// <summary>For <see cref="TargetKind.JobType"/>, else empty.</summary>
    public string JobType { get; init; } = "";

    /// <summary>For <see cref="TargetKind.Schedule"/>, else empty.</summary>
    public Guid ScheduleId { get; init; }

    public TargetMeasure Measure { get; init; }

    /// <summary>Percent, more than 0 and at most 100, with up to three decimals.</summary>
    public decimal Objective { get; init; }

    /// <summary>Longest wait for <see cref="TargetMeasure.StartedInTime"/>, else null.</summary>
    public long? LimitMs { get; init; }

    /// <summary>Counts up with every change, from 1.</summary>
    public int Version { get; init; } = 1;

    public DateTimeOffset UpdatedAt { get; init; }

    public string UpdatedBy { get; init; } = "";

    /// <summary>Name of the schedule as it is now; empty for other kinds, and when there is no such schedule any more.</summary>
    public string ScheduleName { get; init; } = "";
}

/// <summary>Bounds of targets.</summary>
public static class TargetLimits
{
    public const int Targets = 200;
    public const int JobType = 200;
    /// <summary>Longest limit of a wait, ms: a day.</summary>
    public const long LimitMs = 86_400_000;

    /// <summary>What can be measured of a subject.</summary>
    public static IReadOnlyList<TargetMeasure> MeasuresOf(TargetKind kind) => kind is TargetKind.AllJobs or TargetKind.JobType
        ? [TargetMeasure.Succeeded, TargetMeasure.StartedInTime] : [TargetMeasure.OnTime, TargetMeasure.DeadlineMet];

    /// <summary>What is wrong with a target, for whoever set it; null when nothing is.</summary>
    public static string? ProblemOf(Target target)
    {
        if (!MeasuresOf(target.Kind).Contains(target.Measure))
            return "This cannot be measured there. Jobs have success and waits; schedules have punctuality and deadlines.";
        if (target.Objective is <= 0 or > 100 || decimal.Round(target.Objective, 3) != target.Objective)
            return "Give the target as a percentage of more than 0 and at most 100, with up to three decimals, such as 99.5.";
        if (target.Measure == TargetMeasure.StartedInTime && target.LimitMs is not (> 0 and <= LimitMs))
            return "Give the longest wait that still counts as in time, from 1 ms to 1 d.";
        return target.Kind switch
        {
            TargetKind.JobType when target.JobType.Length is 0 or > JobType => "Name the job type.",
            TargetKind.Schedule when target.ScheduleId == Guid.Empty => "Name the schedule.",
            _ => null,
        };
    }
}
