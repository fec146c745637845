namespace OpsConsole.Jobs.Client;

/// <summary>When and where a new job goes. Everything may be left out.</summary>
public sealed record EnqueueOptions
{
    /// <summary>Id made by the caller, so that a repeated call makes no second job: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 128. Default: a new GUID.</summary>
    public string? Id { get; init; }
    /// <summary>Queue: lower-case letters, digits, <c>-</c> and <c>_</c>. Default: the queue of the job type.</summary>
    public string? Queue { get; init; }
    /// <summary>Not before this moment. A moment in the past is now.</summary>
    public DateTimeOffset? At { get; init; }
    /// <summary>Only one unfinished job may hold this key. Default: by the job type.</summary>
    public string? UniqueKey { get; init; }
    /// <summary>Job that must end first.</summary>
    public string? ParentId { get; init; }
    /// <summary>Which end of the parent lets this job go on; after another end it is deleted.</summary>
    public ContinueOn On { get; init; }
    /// <summary>Why, stored with the state and shown to operators; at most 500 characters.</summary>
    public string? Reason { get; init; }
    /// <summary>Words to find the job by, and to count it under: at most 20 of 60 characters, each once.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>Further job parameters: name, JSON text. Names of the layout's own fields are refused.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }
}

/// <summary>Which end of a parent lets its continuation go on.</summary>
public enum ContinueOn
{
    /// <summary>Success or deletion. A failed parent has not ended: it can be retried.</summary>
    Any = 0,
    /// <summary>Only success.</summary>
    Succeeded = 1,
    /// <summary>Only deletion.</summary>
    Deleted = 2,
}

/// <summary>One job to make.</summary>
/// <param name="JobType">Friendly name, <c>Namespace.Type.Method</c> or type key of a published job type.</param>
/// <param name="ArgumentsJson">JSON object by parameter name, or JSON array by position.</param>
/// <param name="Options">When and where, or null.</param>
public sealed record JobRequest(string JobType, string ArgumentsJson, EnqueueOptions? Options = null);
