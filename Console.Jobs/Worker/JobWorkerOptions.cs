using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Jobs.Worker;

/// <summary>How a worker runs. Bound by the host, for example from the section <c>Worker</c>.</summary>
public sealed class JobWorkerOptions : IValidatableObject
{
    /// <summary>First part of the worker's id; the process id and a random part follow.</summary>
    /// <value>Default the machine's name.</value>
    [Required, RegularExpression(@"[^|\s]{1,100}", ErrorMessage = "Name may hold neither spaces nor '|', and has 1 to 100 letters.")]
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>Version of the job host, shown to operators.</summary>
    /// <value>Default the version of the entry assembly.</value>
    [Required]
    public string Version { get; set; } = EntryVersion();

    /// <summary>Pools of slots. Without any, one pool of 20 slots serves every queue that a declared job names.</summary>
    public List<PoolOptions> Pools { get; } = [];

    /// <summary>How long a claimed job belongs to this worker without renewal, in seconds.</summary>
    /// <value>Default 15.</value>
    [Range(2, 600)]
    public int LeaseSeconds { get; set; } = 15;

    /// <summary>How often leases and the worker's record are renewed, in seconds; at most a third of the lease.</summary>
    /// <value>Default 3.</value>
    [Range(0.2, 200)]
    public double RenewSeconds { get; set; } = 3;

    /// <summary>How long a stopping worker waits for its jobs, in seconds. A tenth of it passes before they are cancelled.
    /// The host's own <c>ShutdownTimeout</c> (30 s unless set) must be longer.</summary>
    /// <value>Default 20.</value>
    [Range(1, 3_600)]
    public int ShutdownSeconds { get; set; } = 20;

    /// <summary>How often queues are asked when nothing wakes the worker, in milliseconds.</summary>
    /// <value>Default 1,000.</value>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; set; } = 1_000;

    /// <summary>How long a job may go on after its hard limit has cancelled it, in seconds; then its slot is freed without it.</summary>
    /// <value>Default 5.</value>
    [Range(0, 3_600)]
    public double AbandonSeconds { get; set; } = 5;

    /// <summary>How often lost jobs are looked for, in seconds.</summary>
    /// <value>Default 4.</value>
    [Range(0.1, 600)]
    public double RecoverSeconds { get; set; } = 4;

    /// <summary>How often Redis is looked through for what does not fit together, in seconds. What looks wrong is looked at again after that
    /// time, and put right if it still is.</summary>
    /// <value>Default 15.</value>
    [Range(0.1, 3_600)]
    public double SweepSeconds { get; set; } = 15;

    /// <summary>How long a succeeded job stays in Redis, in minutes, with its arguments and its result; the console's history keeps it beyond that.
    /// Until it goes, jobs can still be made to follow it and what it left can be asked for there. Deleted jobs stay for a day, failed ones until somebody acts.</summary>
    /// <value>Default 1,440 (a day, as in Hangfire).</value>
    [Range(10, 43_200)]
    public int KeepSucceededMinutes { get; set; } = 1_440;

    /// <summary>Share that is left of every wait between attempts, for demonstrations and tests: with 0.1, 60 s become 6 s. Published retry policies say what is really waited.</summary>
    /// <value>Default 1.</value>
    [Range(0.001, 1)]
    public double RetryDelayScale { get; set; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RenewSeconds * 3 > LeaseSeconds)
            yield return new($"RenewSeconds ({RenewSeconds}) must be at most a third of LeaseSeconds ({LeaseSeconds}), or one lost answer would lose every running job.", [nameof(RenewSeconds)]);
        foreach (var problem in Pools.SelectMany(pool => pool.Problems()))
            yield return new(problem, [nameof(Pools)]);
        foreach (var twice in Pools.GroupBy(pool => pool.Name).Where(pools => pools.Count() > 1))
            yield return new($"Two pools are named '{twice.Key}'; give each its own name.", [nameof(Pools)]);
    }

    private static string EntryVersion() =>
        System.Reflection.Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? "0.0.0";
}

/// <summary>Slots with queues of their own: jobs of one pool never wait for those of another.</summary>
public sealed class PoolOptions
{
    /// <summary>Name, unique within the worker.</summary>
    public string Name { get; set; } = "default";

    /// <summary>Jobs that run at once, 1 to 1,000.</summary>
    /// <value>Default 20.</value>
    public int Slots { get; set; } = 20;

    /// <summary>Queues in order of priority: a queue is asked only when those before it are empty.</summary>
    public List<string> Queues { get; } = [];

    internal IEnumerable<string> Problems()
    {
        if (Name.Length == 0)
            yield return "A pool has no name.";
        if (Slots is < 1 or > 1_000)
            yield return $"Pool '{Name}' has {Slots} slots; allowed are 1 to 1,000.";
        if (Queues.Count is 0 or > 100)
            yield return $"Pool '{Name}' has {Queues.Count} queues; allowed are 1 to 100.";
        foreach (var queue in Queues.Where(queue => queue.Length == 0 || queue.Contains('|', StringComparison.Ordinal)))
            yield return $"Pool '{Name}' names the queue '{queue}'; a queue's name is not empty and holds no '|'.";
    }
}
