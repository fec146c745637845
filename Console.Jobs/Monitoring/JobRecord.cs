using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>One job as a row shows it. Fields that Redis lacks are null or empty, and <see cref="Defects"/> says so.</summary>
public sealed record JobRecord
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }
    /// <summary>State for display, derived ones included.</summary>
    public required JobState State { get; init; }
    /// <summary>State as stored; differs from <see cref="State"/> when that is derived or unknown.</summary>
    public string StoredState { get; init; } = "";
    /// <summary>Friendly name, else <c>Type.Method</c>; "unknown" when the hash has neither.</summary>
    public required string Name { get; init; }
    /// <summary><c>Namespace.Type.Method</c>, or empty.</summary>
    public string Type { get; init; } = "";
    /// <summary>Whether some host has published this job type.</summary>
    public bool IsKnownType { get; init; }
    /// <summary>Queue that it is in, ran from or will go to.</summary>
    public string Queue { get; init; } = "";
    /// <summary>Arguments in order.</summary>
    public IReadOnlyList<JobArgument> Arguments { get; init; } = [];
    /// <summary>Size of the stored arguments in bytes. Above 16,384 a row leaves them out; <see cref="JobDetails"/> has them.</summary>
    public int ArgumentBytes { get; init; }
    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>When it came into its present state.</summary>
    public DateTimeOffset? StateAt { get; init; }
    /// <summary>When it will be enqueued, for Scheduled and Retrying.</summary>
    public DateTimeOffset? EnqueueAt { get; init; }
    /// <summary>Time in the queue before the present or last attempt.</summary>
    public TimeSpan? Waited { get; init; }
    /// <summary>Duration of the last attempt; null while it runs.</summary>
    public TimeSpan? Ran { get; init; }
    /// <summary>Attempt that runs or ran last, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }
    /// <summary>Worker id of the present or last attempt, or empty.</summary>
    public string Worker { get; init; } = "";
    /// <summary>Reason stored with the state, or null.</summary>
    public string? Reason { get; init; }
    /// <summary>Exception type of the last failure, or null.</summary>
    public string? ErrorType { get; init; }
    /// <summary>Exception message of the last failure, or null.</summary>
    public string? ErrorMessage { get; init; }
    /// <summary>Progress while it runs, 0 to 100, or null when it reported none.</summary>
    public double? Percent { get; init; }
    /// <summary>Newest progress text, or null.</summary>
    public string? ProgressText { get; init; }
    /// <summary>Whether an operator asked for its cancellation.</summary>
    public bool CancelRequested { get; init; }
    /// <summary>What is missing or half there, one sentence each; empty for a sound job.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];
}

/// <summary>One argument.</summary>
/// <param name="Name">Parameter name from the catalogue, or <c>arg0</c>, <c>arg1</c> …</param>
/// <param name="Type">Type name as stored, assembly left out.</param>
/// <param name="Json">Value as JSON text; <c>null</c> for parameters that the worker fills in.</param>
public sealed record JobArgument(string Name, string Type, string Json);

/// <summary>Everything that is known of one job.</summary>
public sealed record JobDetails
{
    /// <summary>The row.</summary>
    public required JobRecord Job { get; init; }
    /// <summary>The newest 1,000 states, oldest of them first.</summary>
    public IReadOnlyList<StateEntry> History { get; init; } = [];
    /// <summary>Attempts, oldest first, computed from the history.</summary>
    public IReadOnlyList<JobAttempt> Attempts { get; init; } = [];
    /// <summary>Result as JSON, or null.</summary>
    public string? ResultJson { get; init; }
    /// <summary>Parent that this job waits or waited for, or null.</summary>
    public string? ParentId { get; init; }
    /// <summary>Jobs that wait for this one.</summary>
    public IReadOnlyList<JobContinuation> Children { get; init; } = [];
    /// <summary>Job parameters that are none of the layout's own fields: name, JSON.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
    /// <summary>When Redis will drop it, or null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>Soft limit's moment for the running attempt, or null.</summary>
    public DateTimeOffset? SoftLimitAt { get; init; }
    /// <summary>Hard limit's moment for the running attempt, or null.</summary>
    public DateTimeOffset? HardLimitAt { get; init; }
    /// <summary>Retries that its type allows, or null when the type is unknown.</summary>
    public int? MaxRetries { get; init; }
    /// <summary>Number of log lines kept.</summary>
    public long LogLines { get; init; }
}

/// <summary>One entry of the history.</summary>
/// <param name="State">State for display.</param>
/// <param name="StoredState">Name as stored.</param>
/// <param name="At">When it was written, or null when the entry does not say.</param>
/// <param name="Reason">Reason, or null.</param>
/// <param name="Data">The state's own fields as stored.</param>
public sealed record StateEntry(JobState State, string StoredState, DateTimeOffset? At, string? Reason, IReadOnlyDictionary<string, string> Data);

/// <summary>One start of a job with its end.</summary>
public sealed record JobAttempt
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }
    /// <summary>Start.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>End, or null while it runs or when it was lost.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>Processing while it runs; Succeeded, Failed or Deleted at its end; Unknown when its worker was lost or gave it back.</summary>
    public JobState Outcome { get; init; }
    /// <summary>Worker id.</summary>
    public string Worker { get; init; } = "";
    /// <summary>When it came into the queue before this start, or null.</summary>
    public DateTimeOffset? EnqueuedAt { get; init; }
    /// <summary>Exception type, or null.</summary>
    public string? ErrorType { get; init; }
    /// <summary>Exception message, or null.</summary>
    public string? ErrorMessage { get; init; }
    /// <summary>Exception text with the stack, or null.</summary>
    public string? ErrorDetails { get; init; }
}

/// <summary>A job that waits for another.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Condition">When it goes on: "any", "succeeded" or "deleted".</param>
/// <param name="Job">Its row, or null when its hash is gone; read for the first 100.</param>
public sealed record JobContinuation(string Id, string Condition, JobRecord? Job);

/// <summary>One line of a job's log.</summary>
/// <param name="At">When.</param>
/// <param name="Level">Weight.</param>
/// <param name="Attempt">Attempt that wrote it.</param>
/// <param name="Text">The line.</param>
public sealed record JobLogLine(DateTimeOffset At, JobLogLevel Level, int Attempt, string Text);

/// <summary>Which jobs to list.</summary>
public sealed record JobListQuery
{
    /// <summary>Only this state, where Scheduled includes Retrying and Failed includes Quarantined; null lists the newest known of all states together.</summary>
    public JobState? State { get; init; }
    /// <summary>Only this queue, or null.</summary>
    public string? Queue { get; init; }
    /// <summary>Only types or friendly names that contain this text, ignoring case, or null.</summary>
    public string? Type { get; init; }
    /// <summary>What rows must fulfil besides, or null. Asked of rows as they are read, so it must be quick.</summary>
    public Func<JobRecord, bool>? Where { get; init; }
    /// <summary>Only the lists of these states, without <see cref="State"/>: newest first of all of them together; empty for all.</summary>
    public IReadOnlyList<JobState> States { get; init; } = [];
    /// <summary>Of the lists of ended jobs, only what ended from then on; null for all. Only without <see cref="State"/>.</summary>
    public DateTimeOffset? EndedSince { get; init; }
    /// <summary>Most ids that are looked at for a page, 1 to 5,000.</summary>
    public int MostScanned { get; init; } = 5_000;
    /// <summary>Where to go on, from <see cref="JobPage.Next"/>; null starts at the newest.</summary>
    public string? After { get; init; }
    /// <summary>Rows wanted, 1 to 500.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>One page of jobs.</summary>
public sealed record JobPage
{
    /// <summary>Rows, newest first (Scheduled: next first; Enqueued: next to run first).</summary>
    public IReadOnlyList<JobRecord> Jobs { get; init; } = [];
    /// <summary>Pass as <see cref="JobListQuery.After"/>, or null at the end.</summary>
    public string? Next { get; init; }
    /// <summary>Ids in the lists that were asked, before queue and type are applied.</summary>
    public long Total { get; init; }
    /// <summary>Ids that were looked at to fill this page.</summary>
    public int Scanned { get; init; }
    /// <summary>True when the scan stopped at its limit before the page was full.</summary>
    public bool ScanStopped { get; init; }
}
