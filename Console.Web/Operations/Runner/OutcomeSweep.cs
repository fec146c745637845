using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>
/// Looks the jobs of an operation up that are under way, a part at a time: for those that ended before this process listened, and for
/// events that were lost. Now and then is enough, because events tell of the rest.
/// </summary>
internal sealed class OutcomeSweep(Guid id, OutcomeWatch watch, OperationPieces pieces)
{
    private const int Rows = 2_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private int _after;
    private long? _doneAt;

    /// <summary>The next part.</summary>
    /// <returns>Those of it that have ended.</returns>
    public async Task<List<BulkMark>> LookAsync(BulkOperation operation, CancellationToken cancel)
    {
        if (_after == 0 && !watch.MayMiss && _doneAt is { } at && pieces.Time.GetElapsedTime(at) < Every)
            return [];
        if (_after == 0)
            watch.MayMiss = false;
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
        (_after, _doneAt) = items.Count < Rows ? (0, pieces.Time.GetTimestamp()) : (items[^1].Number, _doneAt);
        return marks;
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
