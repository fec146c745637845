namespace OpsConsole.Data.Audit;

/// <summary>
/// One operation: who, when, what, on what, why, and what came of it. Written before the act and completed after it;
/// a row that stays <see cref="AuditResult.Pending"/> means that the console stopped in between.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Null for what the console did by itself and for people who are not signed in.</summary>
    public Guid? OperatorId { get; init; }

    /// <summary>The name at that time; it stays when the operator is renamed or removed.</summary>
    public required string OperatorName { get; init; }

    /// <summary>See <see cref="AuditKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Kind of thing acted on: job, queue, job type, schedule, calendar, file, operator, session.</summary>
    public required string TargetKind { get; init; }

    /// <summary>Id or name of the thing; for many at once the first of them and how many more.</summary>
    public required string Target { get; init; }

    /// <summary>Ids of the things acted on, where there are several. Written before the act, so that an unfinished one names them too.</summary>
    public string[] Targets { get; init; } = [];

    public string? Reason { get; init; }

    public AuditResult Result { get; set; }

    public string? Message { get; set; }

    /// <summary>JSON: counts, refusals, before and after.</summary>
    public string? Details { get; set; }

    public string? RemoteAddress { get; init; }

    public DateTimeOffset? CompletedAt { get; set; }
}
