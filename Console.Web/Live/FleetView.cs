using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>The fleet as the pages show it, at one moment. Lists are bounded.</summary>
public sealed record FleetView
{
    public static FleetView Empty { get; } = new();

    /// <summary>False until the first snapshot has been read.</summary>
    public bool IsReady { get; init; }
    /// <summary>When this view was made, by the clock of Redis.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>The newest event that is in it.</summary>
    public StreamPosition Through { get; init; }
    /// <summary>Whether the stream was empty when the last snapshot was taken.</summary>
    public bool IsQuiet { get; init; }
    public FleetTotals Totals { get; init; } = new();
    public IReadOnlyDictionary<JobState, long> Counts { get; init; } = new Dictionary<JobState, long>();
    public IReadOnlyList<QueueView> Queues { get; init; } = [];
    public IReadOnlyList<WorkerView> Workers { get; init; } = [];
    public IReadOnlyList<WorkerRecord> Gone { get; init; } = [];
    /// <summary>Longest first, at most 50.</summary>
    public IReadOnlyList<RunningJob> Running { get; init; } = [];
    /// <summary>Newest first, at most 100.</summary>
    public IReadOnlyList<RecentFailure> Failures { get; init; } = [];
    public IReadOnlyList<AttentionItem> Attention { get; init; } = [];
    /// <summary>One per <see cref="ViewRange"/>, by its key; made once a second.</summary>
    public IReadOnlyDictionary<string, RangeView> Ranges { get; init; } = new Dictionary<string, RangeView>();

    /// <summary>Whether a job has gone on since an earlier view. Those of Hangfire hosts show in the counts alone.</summary>
    public bool HasMovedSince(FleetView earlier) => Through != earlier.Through || Counts.Any(count => earlier.Of(count.Key) != count.Value);

    public long Of(JobState state) => Counts.GetValueOrDefault(state);
    public long Waiting => Queues.Sum(queue => queue.Depth + queue.Throttled);
    public int Slots => Workers.Sum(worker => worker.Record.Slots);
    public int Busy => Workers.Sum(worker => worker.Busy);
    public QueueView? Queue(string name) => Queues.FirstOrDefault(queue => queue.Name == name);
    public WorkerView? Worker(string id) => Workers.FirstOrDefault(worker => worker.Record.Id == id);
}

/// <summary>Events counted since the console started: to tell what is new since someone looked.</summary>
/// <param name="Events">All.</param>
/// <param name="Succeeded">Jobs that ended well.</param>
/// <param name="FailedAttempts">Attempts that did not.</param>
/// <param name="Failed">Jobs that came to rest as failed or quarantined.</param>
public sealed record FleetTotals(long Events = 0, long Succeeded = 0, long FailedAttempts = 0, long Failed = 0);

/// <summary>One queue now.</summary>
public sealed record QueueView
{
    public required string Name { get; init; }
    public long Depth { get; init; }
    public long Throttled { get; init; }
    public long Running { get; init; }
    public DateTimeOffset? OldestAt { get; init; }
    public QueuePause? Pause { get; init; }
    /// <summary>Jobs that came in over the last minute, as events tell it.</summary>
    public int InPerMinute { get; init; }
    /// <summary>Jobs that were started over the last minute.</summary>
    public int OutPerMinute { get; init; }
    /// <summary>Ids of the workers that serve it, in the order of the workers.</summary>
    public IReadOnlyList<string> Consumers { get; init; } = [];
    /// <summary>Whether a Hangfire server serves it: that one does not know our pauses and writes no events.</summary>
    public bool HasHangfire { get; init; }
    /// <summary>For how many minutes in a row fewer jobs left than came; 0 when it keeps up.</summary>
    public int MinutesBehind { get; init; }
    public bool IsFallingBehind => MinutesBehind >= AttentionRules.MinutesToFallBehind && Pause is null;
}

/// <summary>One worker now.</summary>
/// <param name="Record">As last read.</param>
/// <param name="Busy">Slots busy, events included.</param>
/// <param name="IsSilent">Whether its heartbeat is overdue.</param>
public sealed record WorkerView(WorkerRecord Record, int Busy, bool IsSilent);
