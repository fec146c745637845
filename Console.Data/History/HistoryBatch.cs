namespace OpsConsole.Data.History;

/// <summary>What one transaction of the ingestion stores: everything that follows from a run of events, and the position behind them.</summary>
public sealed record HistoryBatch
{
    /// <summary>Position of the last event that was read; the next batch begins after it.</summary>
    public required string Position { get; init; }
    /// <summary>When that event happened.</summary>
    public required DateTimeOffset PositionAt { get; init; }
    /// <summary>Events read for it, those included that nothing follows from.</summary>
    public required int Events { get; init; }
    /// <summary>In the order of the stream.</summary>
    public IReadOnlyList<AttemptRow> Attempts { get; init; } = [];
    /// <summary>Jobs that came into a queue, counted by minute, type and queue.</summary>
    public IReadOnlyList<Arrivals> Arrivals { get; init; } = [];
    /// <summary>Job-host versions that started a worker.</summary>
    public IReadOnlyList<HostStart> HostStarts { get; init; } = [];
    /// <summary>Events that were trimmed before they were read, just before this batch; or null.</summary>
    public HistoryGap? Gap { get; init; }
}

/// <summary>Jobs that came into a queue within a minute.</summary>
/// <param name="Minute">Its beginning, UTC.</param>
/// <param name="Type">Name of the job type, as in <see cref="AttemptRow.Type"/>.</param>
public sealed record Arrivals(DateTimeOffset Minute, string Type, string Queue, int Count);

/// <summary>A worker started.</summary>
public sealed record HostStart(DateTimeOffset At, string Host, string Version);

/// <summary>A hole in the history.</summary>
/// <param name="From">Position of the last event before it.</param>
/// <param name="FromAt">When that happened.</param>
/// <param name="Until">Position of the first event after it.</param>
/// <param name="UntilAt">When that happened.</param>
/// <param name="Why">In words for operators.</param>
public sealed record HistoryGap(string From, DateTimeOffset FromAt, string Until, DateTimeOffset UntilAt, string Why);
