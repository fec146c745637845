namespace OpsConsole.Jobs.Monitoring;

/// <summary>An inconsistency that a worker found in Redis, and what it did about it.</summary>
public sealed record Finding
{
    /// <summary>Place in the list; later ones are greater.</summary>
    public required string Position { get; init; }
    /// <summary>One of <see cref="FindingKinds"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>Job, entry, worker or key that it is about.</summary>
    public required string Subject { get; init; }
    /// <summary>Job, or empty when it is about none.</summary>
    public string JobId { get; init; } = "";
    /// <summary>Key that it was found in, without the prefix, or empty.</summary>
    public string Place { get; init; } = "";
    /// <summary>Whether a person must decide: the job is quarantined or the key set aside.</summary>
    public bool IsQuarantined { get; init; }
    /// <summary>What was done, in words.</summary>
    public string Did { get; init; } = "";
    /// <summary>When it was seen first.</summary>
    public DateTimeOffset FoundAt { get; init; }
    /// <summary>When it was put right or quarantined.</summary>
    public DateTimeOffset At { get; init; }
}
