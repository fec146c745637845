using System.Runtime.CompilerServices;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.History;

/// <summary>Follows the stream from a stored position on, through outages of Redis, and says where events are missing.</summary>
internal sealed class StreamFollower(JobEventReader reader, TimeProvider time, ILogger log)
{
    /// <summary>Why, when the stream was longer than it may become.</summary>
    public const string Trimmed = "Events were trimmed from the stream before a console stored them: no console was storing for too long, or fell behind. Raise Jobs:EventStreamMaxLength, or find out why none stored.";

    /// <summary>Why, when the stream is not the one that the position was of.</summary>
    public const string Replaced = "The stream of events was emptied, or Redis came back with an older copy of its data: what happened in between may be missing.";

    private static readonly string Beginning = default(StreamPosition).ToString();
    private string? _lostAfter;

    public async IAsyncEnumerable<ReadEvents> FollowAsync(string position, [EnumeratorCancellation] CancellationToken cancel)
    {
        var backOff = new BackOff();
        while (true)
        {
            await using var batches = reader.FollowAsync(position, cancel).GetAsyncEnumerator(cancel);
            while (await NextAsync(batches, position, backOff, cancel))
            {
                var batch = batches.Current;
                backOff.Reset();
                if (batch.Events.Count > 0)
                    yield return new ReadEvents(batch.Events, GapBefore(batch, position));
                else if (batch.Gap && position != Beginning)
                    _lostAfter ??= position;
                position = batch.Position;
            }
            await backOff.WaitAsync(time, cancel);
            cancel.ThrowIfCancellationRequested();
        }
    }

    // False when Redis is away: start again from the last position.
    private async Task<bool> NextAsync(IAsyncEnumerator<EventBatch> batches, string position, BackOff backOff, CancellationToken cancel)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (JobStorageException e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning("The history cannot read events after {Position}: {Cause} Trying again in {Delay}.", position, e.Message, backOff.Next);
            return false;
        }
    }

    private HistoryGap? GapBefore(EventBatch batch, string position)
    {
        var from = _lostAfter ?? (batch.Gap ? position : null);
        if (from is null)
            return null;
        var (first, why) = (batch.Events[0], _lostAfter is null ? Trimmed : Replaced);
        _lostAfter = null;
        log.LogError("The history has a gap: events after {From} and before {Until} are missing. {Why}", from, first.Position, why);
        return new HistoryGap(from, StreamPosition.Parse(from).At ?? first.At, first.Position, first.At, why);
    }
}
