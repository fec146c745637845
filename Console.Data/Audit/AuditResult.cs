namespace OpsConsole.Data.Audit;

/// <summary>What came of an operation.</summary>
public enum AuditResult
{
    /// <summary>Begun, and not heard of again: the console may have stopped before, during or after the act.</summary>
    Pending,

    /// <summary>Accepted for every target.</summary>
    Done,

    /// <summary>Accepted for some targets and refused for others.</summary>
    Partial,

    /// <summary>Not permitted, not possible in that state, or the input was wrong. Nothing was changed.</summary>
    Refused,

    /// <summary>Redis or the database failed during the act; whether it took effect is not known.</summary>
    Failed,
}
