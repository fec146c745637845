namespace OpsConsole.Jobs.Monitoring;

/// <summary>The whole fleet at one moment, read in one script call together with the stream position it belongs to.</summary>
public sealed record FleetSnapshot
{
    /// <summary>Time of Redis.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Event stream position that this snapshot includes.</summary>
    public required string Position { get; init; }
    /// <summary>Jobs by state.</summary>
    public required StateCounts Counts { get; init; }
    /// <summary>Queues by name (at most 500).</summary>
    public IReadOnlyList<QueueRecord> Queues { get; init; } = [];
    /// <summary>Workers that are alive or were last seen here (at most 1,000).</summary>
    public IReadOnlyList<WorkerRecord> Workers { get; init; } = [];
}

/// <summary>Jobs by state; totals of Hangfire's counters where it keeps them.</summary>
/// <param name="Enqueued">Entries in all queues.</param>
/// <param name="Scheduled">Scheduled, retrying ones included.</param>
/// <param name="Retrying">Of those, waiting for an automatic retry.</param>
/// <param name="Processing">Running.</param>
/// <param name="SucceededTotal">Ever succeeded, by <c>stats:succeeded</c>.</param>
/// <param name="DeletedTotal">Ever deleted.</param>
/// <param name="Failed">Failed and kept, quarantined ones included.</param>
/// <param name="Quarantined">Of those, quarantined.</param>
/// <param name="Awaiting">In the zset of awaiting jobs.</param>
/// <param name="SucceededKept">Ids in the list of succeeded jobs.</param>
/// <param name="DeletedKept">Ids in the list of deleted jobs.</param>
public sealed record StateCounts(long Enqueued, long Scheduled, long Retrying, long Processing, long SucceededTotal, long DeletedTotal, long Failed, long Quarantined, long Awaiting, long SucceededKept, long DeletedKept);

/// <summary>Jobs that ended within one hour, by the hour counters.</summary>
/// <param name="Hour">Its beginning, UTC.</param>
/// <param name="Succeeded">Jobs that ended well.</param>
/// <param name="Failed">Jobs that came to rest as failed; failed attempts that were tried again are not in it.</param>
public sealed record HourlyCount(DateTimeOffset Hour, long Succeeded, long Failed);

/// <summary>One queue.</summary>
public sealed record QueueRecord
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Entries in its list.</summary>
    public long Depth { get; init; }
    /// <summary>Ids held back by rate limits.</summary>
    public long Throttled { get; init; }
    /// <summary>Fetched and not ended.</summary>
    public long Running { get; init; }
    /// <summary>When the job that is next to run came into the queue, or null.</summary>
    public DateTimeOffset? OldestAt { get; init; }
    /// <summary>Pause in force, or null.</summary>
    public QueuePause? Pause { get; init; }
}

/// <summary>A pause of a queue.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">Since when.</param>
/// <param name="Until">When it ends by itself, or null.</param>
public sealed record QueuePause(string By, string Reason, DateTimeOffset At, DateTimeOffset? Until);

/// <summary>One worker: a process of ours, or a Hangfire server.</summary>
public sealed record WorkerRecord
{
    /// <summary>Id, <c>name:pid:guid</c>.</summary>
    public required string Id { get; init; }
    /// <summary><c>name:pid</c>, for display.</summary>
    public required string Name { get; init; }
    /// <summary>Whether it speaks our protocol (leases, vitals, commands) or only Hangfire's.</summary>
    public bool IsOurs { get; init; }
    /// <summary>Jobs it can run at once.</summary>
    public int Slots { get; init; }
    /// <summary>Slots busy, by its last heartbeat.</summary>
    public int Busy { get; init; }
    /// <summary>Queues in order of priority.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];
    /// <summary>Pools; empty for a Hangfire server.</summary>
    public IReadOnlyList<WorkerPool> Pools { get; init; } = [];
    /// <summary>Host name.</summary>
    public string Host { get; init; } = "";
    /// <summary>Version of the job host.</summary>
    public string Version { get; init; } = "";
    /// <summary>Start, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }
    /// <summary>Last heartbeat, or null.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }
    /// <summary>Newest vitals, or null.</summary>
    public WorkerVitals? Vitals { get; init; }
    /// <summary>When it went away, or null while it is here.</summary>
    public DateTimeOffset? GoneAt { get; init; }
    /// <summary>"stopped" or "lost", or null while it is here.</summary>
    public string? GoneHow { get; init; }
}

/// <summary>A pool of slots with its own queues.</summary>
/// <param name="Name">Name.</param>
/// <param name="Slots">Jobs at once.</param>
/// <param name="Busy">Slots busy.</param>
/// <param name="Queues">Queues in order of priority.</param>
public sealed record WorkerPool(string Name, int Slots, int Busy, IReadOnlyList<string> Queues);

/// <summary>How a worker process is, at one moment.</summary>
public sealed record WorkerVitals
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Processor time used, percent of one core.</summary>
    public double CpuPercent { get; init; }
    /// <summary>Working set, bytes.</summary>
    public long WorkingSetBytes { get; init; }
    /// <summary>Threads of the process.</summary>
    public int Threads { get; init; }
    /// <summary>Managed heap, bytes.</summary>
    public long HeapBytes { get; init; }
    /// <summary>Collections of generation 2 since its start.</summary>
    public int Gen2Collections { get; init; }
    /// <summary>Share of time paused for collections since its start, percent.</summary>
    public double GcPausePercent { get; init; }
    /// <summary>Slots busy.</summary>
    public int Busy { get; init; }
    /// <summary>Jobs ended since its start.</summary>
    public long Ended { get; init; }
}

/// <summary>What a job host publishes of one job type.</summary>
public sealed record JobType
{
    /// <summary>Friendly name, unique.</summary>
    public required string Name { get; init; }
    /// <summary>Type key with parameters.</summary>
    public required string Key { get; init; }
    /// <summary>One sentence.</summary>
    public string Description { get; init; } = "";
    /// <summary><c>Type</c> field for the job hash.</summary>
    public required string TypeName { get; init; }
    /// <summary><c>Method</c> field.</summary>
    public required string Method { get; init; }
    /// <summary>Parameters in order, those that the worker fills in included.</summary>
    public IReadOnlyList<JobParameter> Parameters { get; init; } = [];
    /// <summary>Queue unless the caller names one.</summary>
    public string Queue { get; init; } = "default";
    /// <summary>Retries after the first attempt.</summary>
    public int Retries { get; init; }
    /// <summary>The retry policy in words, for example "60 s, 120 s, 240 s".</summary>
    public string RetryText { get; init; } = "";
    /// <summary>Soft limit in seconds, 0 for none.</summary>
    public int SoftLimitSeconds { get; init; }
    /// <summary>Hard limit in seconds, 0 for none.</summary>
    public int HardLimitSeconds { get; init; }
    /// <summary>Template of the uniqueness key, empty for all arguments, null when the type is not unique.</summary>
    public string? UniqueKey { get; init; }
    /// <summary>Starts per period, 0 for no rate limit.</summary>
    public int RateStarts { get; init; }
    /// <summary>Length of that period in seconds.</summary>
    public int RatePeriodSeconds { get; init; }
    /// <summary>Version of the host that published it last.</summary>
    public string Version { get; init; } = "";
    /// <summary>When it was published last.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
}

/// <summary>One parameter of a job type.</summary>
/// <param name="Name">Name.</param>
/// <param name="TypeName">Type as stored in <c>ParameterTypes</c>.</param>
/// <param name="SchemaJson">JSON schema of its value; empty for a parameter that the worker fills in.</param>
/// <param name="DefaultJson">Value when it is left out, or null when it must be given.</param>
/// <param name="IsInjected">Filled in by the worker (<c>JobContext</c>, <c>CancellationToken</c>).</param>
public sealed record JobParameter(string Name, string TypeName, string SchemaJson, string? DefaultJson, bool IsInjected);
