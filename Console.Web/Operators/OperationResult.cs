using OpsConsole.Data.Audit;
using OpsConsole.Jobs.Client;

namespace OpsConsole.Web.Operators;

/// <summary>Answer to an act: what came of it, in words that can be shown.</summary>
public sealed record OperationResult
{
    /// <summary>True when it was done, or asked for, on at least one target.</summary>
    public bool Accepted { get; init; }

    public required string Message { get; init; }

    /// <summary>Targets that accepted.</summary>
    public int Done { get; init; }

    /// <summary>Targets that did not.</summary>
    public int Refused { get; init; }

    /// <summary>Why, for the first <see cref="OperationLimits.ListedRefusals"/> of them.</summary>
    public IReadOnlyList<OperationRefusal> Refusals { get; init; } = [];

    /// <summary>Id of the job that was made, or that was there already.</summary>
    public string? JobId { get; init; }

    /// <summary>What is wrong with the arguments of a job that was to be made.</summary>
    public IReadOnlyList<ArgumentProblem> Problems { get; init; } = [];

    /// <summary>What the audit says; follows from the counts unless set.</summary>
    internal AuditResult? Recorded { get; init; }

    /// <summary>Further facts for the audit; strings are made storable before they are written.</summary>
    internal IReadOnlyDictionary<string, object?> Facts { get; init; } = new Dictionary<string, object?>();

    internal AuditResult Result => Recorded ?? (Accepted, Refused) switch
    {
        (true, 0) => AuditResult.Done,
        (true, _) => AuditResult.Partial,
        _ => AuditResult.Refused,
    };

    internal static OperationResult Refuse(string message, int targets = 1) => new() { Message = message, Refused = targets };

    internal static OperationResult Accept(string message) => new() { Accepted = true, Message = message, Done = 1 };
}

/// <summary>One target that did not accept, and why.</summary>
public sealed record OperationRefusal(string Target, string Message);

/// <summary>Bounds of one act.</summary>
public static class OperationLimits
{
    /// <summary>Most jobs that one act may name.</summary>
    public const int Targets = 1_000;

    /// <summary>Most refusals that an answer and the audit spell out.</summary>
    public const int ListedRefusals = 100;
}
