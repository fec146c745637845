using System.Runtime.CompilerServices;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Follows the stream of events on a connection of its own, because a read that waits would hold up all other calls.</summary>
public sealed class JobEventReader(JobRedis redis, TimeProvider time)
{
    /// <summary>Most events in one batch.</summary>
    public const int MaxBatch = 1_000;

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
        while (true)
        {
            var batch = await ReadAsync(connection, position, cancel);
            if (batch.Count > 0)
            {
                // Only a reader that is behind can have been overtaken by the trimming: also one whose caller was long in coming back.
                var gap = (behind || batch.Count == MaxBatch) && position.CompareTo((await EndsAsync(cancel)).First) < 0 && position != default;
                behind = batch.Count == MaxBatch;
                position = StreamEntryId.Read(batch[^1].Position);
                yield return new EventBatch(batch, gap, batch[^1].Position);
            }
            else
            {
                behind = false;
            }
            if (time.GetElapsedTime(trimmedAt) >= TrimEvery)
            {
                trimmedAt = time.GetTimestamp();
                await TrimAsync(cancel);
            }
        }
    }

    private async Task<List<JobEvent>> ReadAsync(OwnConnection connection, StreamEntryId after, CancellationToken cancel)
    {
        var reply = await connection.RunAsync("XREAD " + redis.Keys.Events, BlockMilliseconds,
            database => database.ExecuteAsync("XREAD", "COUNT", MaxBatch, "BLOCK", BlockMilliseconds, "STREAMS", (RedisKey)redis.Keys.Events, after.ToString()), cancel);
        return Reply.List(reply) is [var stream, ..] && Reply.List(stream) is [_, var entries] ? [.. Reply.List(entries).Select(EventEntry.Read)] : [];
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
