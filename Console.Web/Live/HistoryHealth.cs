using OpsConsole.Data.History;

namespace OpsConsole.Web.Live;

/// <summary>Whether what happens is stored, and what is missing of it.</summary>
public sealed record HistoryHealth
{
    public static HistoryHealth Empty { get; } = new();

    /// <summary>Null before the first reading.</summary>
    public HistoryState? State { get; init; }

    /// <summary>Age of the oldest event that is not stored, as seen from this console; up to a few seconds is the pace of the reading.</summary>
    public TimeSpan Lag { get; init; }

    /// <summary>Since when nobody stores, by the clock of this console; null while somebody does, or for a moment nobody.</summary>
    public DateTimeOffset? UnattendedSince { get; init; }

    /// <summary>Holes of the last seven days, the newest first, at most 20.</summary>
    public IReadOnlyList<RecordedGap> Gaps { get; init; } = [];

    /// <summary>What of this needs a person, worst first.</summary>
    public IReadOnlyList<AttentionItem> Attention { get; init; } = [];

    /// <summary>Further behind than a burst or a change of consoles explains.</summary>
    public bool IsBehind => Lag >= HistoryAttention.BehindAfter;
}
