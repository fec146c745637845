using OpsConsole.Data.History;

namespace OpsConsole.Web.History;

/// <summary>What is to be stored for a run of events.</summary>
internal sealed record BuiltEvents
{
    /// <summary>When the first of them happened, by the clock of Redis.</summary>
    public required DateTimeOffset FirstAt { get; init; }
    /// <summary>Position of the last of them.</summary>
    public required string Position { get; init; }
    public required DateTimeOffset PositionAt { get; init; }
    public required int Events { get; init; }
    public required IReadOnlyList<AttemptRow> Attempts { get; init; }
    public required IReadOnlyDictionary<ArrivalKey, int> Arrivals { get; init; }
    public required IReadOnlyList<HostStart> HostStarts { get; init; }
    public HistoryGap? Gap { get; init; }
    /// <summary>About how much memory they take.</summary>
    public required long Bytes { get; init; }
}

/// <summary>What arrivals are counted by.</summary>
internal readonly record struct ArrivalKey(DateTimeOffset Minute, string Type, string Queue);
