namespace OpsConsole.Jobs.Protocol;

/// <summary>Every key name of the protocol, and nothing else knows one. See <c>docs/protocol.md</c>.</summary>
/// <param name="Prefix">Put in front of every key and channel, for example <c>{hangfire}:</c>.</param>
public sealed record RedisKeys(string Prefix)
{
    /// <summary>Set of queue names (Hangfire).</summary>
    public string Queues => Prefix + "queues";
    /// <summary>Zset of scheduled ids; a member may read <c>queue:id</c> (Hangfire).</summary>
    public string Schedule => Prefix + "schedule";
    /// <summary>Zset of ids that wait for an automatic retry (Hangfire).</summary>
    public string Retries => Prefix + "retries";
    /// <summary>Zset of running ids (Hangfire).</summary>
    public string Processing => Prefix + "processing";
    /// <summary>Zset of failed ids (Hangfire).</summary>
    public string Failed => Prefix + "failed";
    /// <summary>Zset of awaiting ids; not written at compatibility level 180 (Hangfire).</summary>
    public string Awaiting => Prefix + "awaiting";
    /// <summary>List of the newest 500 succeeded ids (Hangfire).</summary>
    public string Succeeded => Prefix + "succeeded";
    /// <summary>List of the newest 500 deleted ids (Hangfire).</summary>
    public string Deleted => Prefix + "deleted";
    /// <summary>Set of server ids (Hangfire).</summary>
    public string Servers => Prefix + "servers";
    /// <summary>Pub/sub channel that wakes workers (Hangfire).</summary>
    public string FetchChannel => Prefix + "JobFetchChannel";

    /// <summary>Stream of events.</summary>
    public string Events => Prefix + "ops:events";
    /// <summary>Position of the last event that the history has stored.</summary>
    public string Stored => Prefix + "ops:stored";
    /// <summary>Zset of leases: job id, end in ms.</summary>
    public string Leases => Prefix + "ops:leases";
    /// <summary>Hash of jobs held by workers of ours.</summary>
    public string Running => Prefix + "ops:running";
    /// <summary>Hash of lost starts per job.</summary>
    public string Lost => Prefix + "ops:lost";
    /// <summary>Zset of quarantined ids.</summary>
    public string Quarantine => Prefix + "ops:quarantine";
    /// <summary>Hash of requested cancellations.</summary>
    public string Cancels => Prefix + "ops:cancels";
    /// <summary>Hash of paused queues.</summary>
    public string Paused => Prefix + "ops:paused";
    /// <summary>Hash of published job types.</summary>
    public string Types => Prefix + "ops:types";
    /// <summary>Zset of workers that stopped or were lost.</summary>
    public string Gone => Prefix + "ops:gone";
    /// <summary>Stream of inconsistencies that were found, and what was done about each.</summary>
    public string Findings => Prefix + "ops:findings";
    /// <summary>Worker whose turn it is to look for inconsistencies.</summary>
    public string Sweep => Prefix + "ops:sweep";
    /// <summary>Pub/sub channel of commands to workers.</summary>
    public string Commands => Prefix + "ops:commands";

    /// <summary>Hash of one job (Hangfire).</summary>
    public string Job(string id) => Prefix + "job:" + id;
    /// <summary>Hash of the current state's data (Hangfire).</summary>
    public string JobStateData(string id) => Prefix + "job:" + id + ":state";
    /// <summary>List of states as JSON, oldest first (Hangfire).</summary>
    public string JobHistory(string id) => Prefix + "job:" + id + ":history";
    /// <summary>Lock that a Hangfire client holds while it changes the job.</summary>
    public string JobLock(string id) => Prefix + "job:" + id + ":state-lock";
    /// <summary>List of waiting ids, next one at the tail (Hangfire).</summary>
    public string Queue(string queue) => Prefix + "queue:" + queue;
    /// <summary>List of fetched ids that are not acknowledged yet (Hangfire).</summary>
    public string Dequeued(string queue) => Prefix + "queue:" + queue + ":dequeued";
    /// <summary>Hash of one server (Hangfire).</summary>
    public string Server(string serverId) => Prefix + "server:" + serverId;
    /// <summary>List of a server's queues in order of priority (Hangfire).</summary>
    public string ServerQueues(string serverId) => Prefix + "server:" + serverId + ":queues";
    /// <summary>Counter, for example <c>succeeded</c> or <c>failed:2026-11-20</c> (Hangfire).</summary>
    public string Stats(string name) => Prefix + "stats:" + name;

    /// <summary>Zset of ids that a rate limit holds back: the ms of their turn.</summary>
    public string Throttled(string queue) => Prefix + "ops:throttled:" + queue;
    /// <summary>Arrival time of a rate-limited job type.</summary>
    public string Rate(string typeKey) => Prefix + "ops:rate:" + typeKey;
    /// <summary>Holder of a uniqueness key.</summary>
    public string Unique(string key) => Prefix + "ops:unique:" + key;
    /// <summary>Hash of what one worker says of itself.</summary>
    public string Worker(string workerId) => Prefix + "ops:worker:" + workerId;
    /// <summary>List of one worker's vitals, newest first.</summary>
    public string Vitals(string workerId) => Prefix + "ops:vitals:" + workerId;
    /// <summary>A key of the wrong type that was set aside, by its name without the prefix.</summary>
    public string Aside(string name) => Prefix + "ops:aside:" + name;
    /// <summary>Hash of a job's progress.</summary>
    public string Progress(string id) => Prefix + "ops:progress:" + id;
    /// <summary>List of a job's log lines, oldest first.</summary>
    public string Log(string id) => Prefix + "ops:log:" + id;
}
