using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>
/// Looks the jobs of an operation up that are under way, a part at a time: for those that ended before this process listened, for events
/// that were lost, and for jobs that a Hangfire server runs. Now and then is enough, because events tell of the rest; and acting goes first.
/// </summary>
internal sealed class OutcomeSweep(Guid id, OutcomeWatch watch, OperationPieces pieces)
{
    private const int Rows = 2_000;
    private const int RestPerWork = 10;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseWhileActing = TimeSpan.FromMilliseconds(500);
    private int _after;
    private long _beganAt;
    private long _lookedAt;
    private long? _doneAt;
    private TimeSpan _rest;

    /// <summary>The next part.</summary>
    /// <returns>Those of it that have ended.</returns>
    public async Task<List<BulkMark>> LookAsync(BulkOperation operation, CancellationToken cancel)
    {
        if (!IsDue(operation))
            return [];
        _lookedAt = pieces.Time.GetTimestamp();
        if (_after == 0)
            (watch.MayMiss, _beganAt) = (false, _lookedAt);
        var items = await pieces.Term.UnmarkedAsync(id, _after, operation.Cursor, Rows, cancel);
        var standing = await pieces.Control.GetStandingAsync([.. items.Select(item => item.JobId)], cancel);
        var marks = new List<BulkMark>();
        foreach (var (item, found) in items.Zip(standing))
        {
            if (EndOf(operation, found) is { } end)
            {
                watch.Remove(item);
                marks.Add(new BulkMark(item.Number, end));
            }
            else
            {
                watch.Add(item);
            }
        }
        _after = items.Count < Rows ? 0 : items[^1].Number;
        if (_after == 0)
            Rest();
        return marks;
    }

    /// <summary>All has been seen up to now.</summary>
    public void Rest()
    {
        _doneAt = pieces.Time.GetTimestamp();
        _rest = TimeSpan.FromTicks(Math.Max(ShortestRest.Ticks, _beganAt == 0 ? 0 : pieces.Time.GetElapsedTime(_beganAt).Ticks * RestPerWork));
    }

    private bool IsDue(BulkOperation operation)
    {
        if (operation.State == BulkState.Running && operation.Cursor < operation.Total && pieces.Time.GetElapsedTime(_lookedAt) < PauseWhileActing)
            return false;
        return _after > 0 || watch.MayMiss || _doneAt is not { } at || pieces.Time.GetElapsedTime(at) >= _rest;
    }

    private static BulkItemState? EndOf(BulkOperation operation, JobStanding found) => found switch
    {
        { Exists: false } => BulkItemState.Unknown,
        // Whoever acted on it since found it failed.
        { OperationId: { } other } when other != operation.Id.ToString("D") => BulkItemState.FailedAgain,
        { IsFailed: true } => BulkItemState.FailedAgain,
        { State: JobState.Succeeded } => BulkItemState.Succeeded,
        { State: JobState.Deleted } => BulkItemState.Deleted,
        _ => null,
    };
}
