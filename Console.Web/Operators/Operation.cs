namespace OpsConsole.Web.Operators;

/// <summary>An act that an operator asks for: what is put on record about it, whatever comes of it.</summary>
/// <param name="Permission">One of <see cref="Permissions"/>.</param>
/// <param name="Kind">One of <see cref="Data.Audit.AuditKinds"/>.</param>
internal sealed record Operation(string Permission, string Kind, string TargetKind, string Target)
{
    /// <summary>Fewest characters of a reason where one is required.</summary>
    public const int ReasonLength = 10;

    /// <summary>Ids of the things acted on, where there are several.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    public string? Reason { get; init; }

    public bool IsReasonRequired { get; init; }

    /// <summary>What is wrong with the reason; null when nothing is.</summary>
    public string? ReasonProblem()
    {
        var length = Reason?.Trim().Length ?? 0;
        if (IsReasonRequired && length < ReasonLength)
            return $"Give a reason of at least {ReasonLength} characters. It is recorded with your name.";
        return length > Data.Audit.AuditLimits.Reason ? $"The reason is longer than {Data.Audit.AuditLimits.Reason} characters. Shorten it." : null;
    }
}
