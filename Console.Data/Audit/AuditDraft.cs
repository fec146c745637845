namespace OpsConsole.Data.Audit;

/// <summary>An operation that is about to happen. Text is made storable here, so that no input can keep it off the record.</summary>
public sealed record AuditDraft(string Kind, string TargetKind, string Target)
{
    /// <summary>Ids of the things acted on, where there are several; empty when <see cref="Target"/> says it all.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    public Guid? OperatorId { get; init; }

    public string OperatorName { get; init; } = "";

    public string? Reason { get; init; }

    public string? RemoteAddress { get; init; }

    internal AuditEntry ToEntry(DateTimeOffset at) => new()
    {
        At = at,
        OperatorId = OperatorId,
        OperatorName = StoredText.Clean(OperatorName, AuditLimits.Name),
        Kind = Kind,
        TargetKind = TargetKind,
        Target = StoredText.Clean(Target, AuditLimits.Target),
        Targets = [.. Targets.Take(AuditLimits.Targets).Select(target => StoredText.Clean(target, AuditLimits.Target))],
        Reason = StoredText.Clean(Reason, AuditLimits.Reason),
        RemoteAddress = StoredText.Clean(RemoteAddress, AuditLimits.RemoteAddress),
        Result = AuditResult.Pending,
    };
}
