using OpsConsole.Data;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>
/// Looks after whoever stores the history, from every console and independently of it: notes where the stream ends, and how long it takes
/// until that is stored.
/// </summary>
public sealed class HistoryWatch(HistoryStore store, GapStore gaps, JobEventReader reader, HistoryBoard board, TimeProvider time, ILogger<HistoryWatch> log)
    : LiveWatch(TimeSpan.FromSeconds(2), time)
{
    private const int MaxGaps = 20;
    private static readonly TimeSpan GapsEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan GapsBack = TimeSpan.FromDays(7);

    // A takeover takes up to ten seconds, and is no reason to call anybody.
    private static readonly TimeSpan UnattendedAfter = TimeSpan.FromSeconds(20);

    private (StreamPosition Position, long SeenAt)? _mark;
    private DateTimeOffset? _goneSince;
    private IReadOnlyList<RecordedGap> _gaps = [];
    private long? _gapsReadAt;

    protected override Task LookAsync(CancellationToken cancel) => ReadAsync(cancel);

    protected override void Report(Exception e) =>
        log.Log(ConsoleDatabase.IsAway(e) || e is JobStorageException ? LogLevel.Warning : LogLevel.Error, "How the history is is not known: {Error}", e.GetBaseException().Message);

    /// <summary>Reads once and shows it.</summary>
    internal async Task ReadAsync(CancellationToken cancel)
    {
        var now = Time.GetUtcNow();
        var state = await store.GetStateAsync(cancel);
        _goneSince = state.IsHeld ? null : _goneSince ?? now;
        var next = new HistoryHealth
        {
            State = state,
            Lag = await LagAsync(StreamPosition.Parse(state.Position), cancel),
            UnattendedSince = now - _goneSince > UnattendedAfter ? _goneSince : null,
            Gaps = await GapsAsync(now, cancel),
        };
        var attention = HistoryAttention.Of(next, now);
        // The same items in the same list are no news.
        board.Show(next with { Attention = attention.SequenceEqual(board.Current.Attention) ? board.Current.Attention : attention });
    }

    // An end of the stream is noted and kept until it is stored; meanwhile everything behind it is late as well.
    private async Task<TimeSpan> LagAsync(StreamPosition stored, CancellationToken cancel)
    {
        if (_mark is { } mark && stored < mark.Position)
            return Time.GetElapsedTime(mark.SeenAt);
        var end = StreamPosition.Parse(await reader.GetPositionAsync(cancel));
        _mark = stored < end ? (end, Time.GetTimestamp()) : null;
        return TimeSpan.Zero;
    }

    private async Task<IReadOnlyList<RecordedGap>> GapsAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (_gapsReadAt is not { } at || Time.GetElapsedTime(at) >= GapsEvery)
        {
            _gaps = await gaps.ListAsync(now - GapsBack, now.AddDays(1), MaxGaps, cancel);
            _gapsReadAt = Time.GetTimestamp();
        }
        return _gaps;
    }
}
