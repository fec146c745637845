using System.Runtime.CompilerServices;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Follows the stream of events on a connection of its own, because a read that waits would hold up all other calls.</summary>
public sealed class JobEventReader(JobRedis redis, TimeProvider time)
{
    /// <summary>Most events in one batch.</summary>
    public const int MaxBatch = 1_000;

    // An entry holds up to 100 events, and 8 KB at most unless a single one is longer.
    private const int EntriesPerRead = 500;
    // What comes soon after something else is read together with what comes after that: each read wakes Redis and the reader, and that
    // costs more than what is read.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(15);
    // Short, so that a Redis that no longer answers is noticed soon.
    private const int BlockMilliseconds = 1_000;
    private static readonly TimeSpan TrimEvery = TimeSpan.FromSeconds(10);
    // A history that has not been running for so long is waited for no more.
    private static readonly TimeSpan StoredIsNews = TimeSpan.FromDays(1);
    private static readonly RedisScript Trim = RedisScript.Load("trim");

    /// <summary>Position of the newest event, <c>0-0</c> when there is none.</summary>
    public async Task<string> GetPositionAsync(CancellationToken cancel = default) => (await EndsAsync(cancel)).Last.ToString();

    /// <summary>
    /// Says that everything up to a position is stored elsewhere. What comes after it is kept up to
    /// <see cref="JobStorageOptions.EventStreamMaxLength"/>, for as long as this is said at least once a day.
    /// </summary>
    /// <exception cref="JobStorageException">Redis is away.</exception>
    public Task SayStoredAsync(string position, CancellationToken cancel = default) => redis.RunAsync("SET " + redis.Keys.Stored,
        database => database.StringSetAsync(redis.Keys.Stored, StreamEntryId.Read(position).ToString(), StoredIsNews), cancel);

    /// <summary>
    /// Events after a position, for as long as the caller asks; waits where there are none. <c>0-0</c> begins with the oldest kept.
    /// </summary>
    /// <exception cref="JobStorageException">Redis is away; start again from the last position after a pause.</exception>
    public async IAsyncEnumerable<EventBatch> FollowAsync(string after, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(after);
        var position = StreamEntryId.Read(after);
        var (first, last) = await EndsAsync(cancel);
        if (position.CompareTo(last) > 0)
        {
            // The stream is younger than the position: it was emptied or restored from an older copy.
            position = last;
            yield return new EventBatch([], Gap: true, position.ToString());
        }
        await using var connection = await OwnConnection.OpenAsync(redis, cancel);
        var trimmedAt = time.GetTimestamp();
        var behind = position != default && first != default;
        var events = new List<JobEvent>();
        var read = position;
        while (true)
        {
            var entries = await ReadAsync(connection, read, wait: events.Count == 0, cancel);
            var (isFull, kept) = (entries.Length == EntriesPerRead, events.Count);
            var withinEntry = EventEntry.ReadAll(entries, events, after: read);
            // Only a reader that is behind can have been overtaken by the trimming: also one whose caller was long in coming back.
            var gap = entries.Length > 0 && (behind || isFull) && !withinEntry && read != default && read.CompareTo((await EndsAsync(cancel)).First) < 0;
            behind = isFull;
            if (gap && kept > 0)
                yield return Take(events, kept, gap: false);
            read = events.Count > 0 ? StreamEntryId.Read(events[^1].Position) : read;
            // What is left of a full read goes along with the next one, so that a caller can tell by the size of a batch that more waits.
            while (events.Count >= MaxBatch || (events.Count > 0 && !behind))
            {
                yield return Take(events, Math.Min(events.Count, MaxBatch), gap);
                gap = false;
            }
            if (time.GetElapsedTime(trimmedAt) >= TrimEvery)
            {
                trimmedAt = time.GetTimestamp();
                await TrimAsync(cancel);
            }
            if (entries.Length > 0 && !behind)
                await Task.Delay(Pace, cancel);
        }
    }

    private static EventBatch Take(List<JobEvent> events, int count, bool gap)
    {
        var batch = events.GetRange(0, count);
        events.RemoveRange(0, count);
        return new EventBatch(batch, gap, batch[^1].Position);
    }

    private async Task<RedisResult[]> ReadAsync(OwnConnection connection, StreamEntryId after, bool wait, CancellationToken cancel)
    {
        var key = (RedisKey)redis.Keys.Events;
        var reply = await connection.RunAsync("XREAD " + redis.Keys.Events, BlockMilliseconds, database => wait
            ? database.ExecuteAsync("XREAD", "COUNT", EntriesPerRead, "BLOCK", BlockMilliseconds, "STREAMS", key, after.ToString())
            : database.ExecuteAsync("XREAD", "COUNT", EntriesPerRead, "STREAMS", key, after.ToString()), cancel);
        return Reply.List(reply) is [var stream, ..] && Reply.List(stream) is [_, var entries] ? Reply.List(entries) : [];
    }

    private Task<(StreamEntryId First, StreamEntryId Last)> EndsAsync(CancellationToken cancel) => redis.RunAsync("XRANGE " + redis.Keys.Events, async database =>
    {
        var key = (RedisKey)redis.Keys.Events;
        var first = database.ExecuteAsync("XRANGE", key, "-", "+", "COUNT", 1);
        var last = database.ExecuteAsync("XREVRANGE", key, "+", "-", "COUNT", 1);
        return (PositionOf(await first), PositionOf(await last));
    }, cancel);

    private Task<RedisResult> TrimAsync(CancellationToken cancel) => redis.EvalAsync(Trim, [redis.Options.EventStreamLength, redis.Options.EventStreamMaxLength], cancel);

    private static StreamEntryId PositionOf(RedisResult range) => Reply.List(range) is [var entry, ..] ? StreamEntryId.Read(Reply.Text(Reply.List(entry)[0])) : default;
}
