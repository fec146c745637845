namespace OpsConsole.Data.Schedules;

/// <summary>One version of a schedule's definition: who, when, why. The difference is to the version before it.</summary>
public sealed class ScheduleVersion
{
    public Guid ScheduleId { get; init; }

    public int Version { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Name of the operator at that time.</summary>
    public required string By { get; init; }

    public string? Why { get; init; }

    /// <summary>The version that was restored by this one, or null.</summary>
    public int? RestoredFrom { get; init; }

    public required ScheduleDefinition Definition { get; init; }
}
