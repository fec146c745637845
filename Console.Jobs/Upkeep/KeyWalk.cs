using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Upkeep;

/// <summary>Looks through the jobs themselves, so that those are found that stand nowhere.</summary>
internal sealed class KeyWalk(JobRedis redis, SweepSteps steps, Suspects suspects)
{
    private const int KeysPerStep = 300;
    private const int KeysPerPage = 1_000;
    private const string Job = "job:";
    private static readonly RedisScript s_keys = RedisScript.Load("sweep-keys");
    private readonly string _pattern = PatternOf(redis.Keys.Prefix) + "*";

    /// <summary>Looks at every key, the type of each among them.</summary>
    /// <param name="queued">Ids that stood in queues.</param>
    /// <param name="since">Time of Redis before the first of them was read, in ms: who came later is not missed.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task WalkAllAsync(IdFilter queued, long since, CancellationToken cancel)
    {
        var cursor = "0";
        do
        {
            var reply = await steps.StepAsync(s_keys, [cursor, KeysPerStep, _pattern, "1"], cancel);
            cursor = Reply.Text(reply[0]);
            await TakeAsync(reply, queued, since, cancel);
        }
        while (cursor != "0");
    }

    /// <summary>Reads the names of all keys, and looks at those that the queues do not account for.</summary>
    /// <inheritdoc cref="WalkAllAsync"/>
    public async Task WalkPastQueuedAsync(IdFilter queued, long since, CancellationToken cancel)
    {
        var cursor = "0";
        do
        {
            var page = await steps.ScanAsync(cursor, _pattern, KeysPerPage, cancel);
            cursor = Reply.Text(page[0]);
            foreach (var names in NamesIn(page[1], queued).Chunk(KeysPerStep))
                await TakeAsync(await steps.StepAsync(s_keys, ["", 0, "", "0", .. names], cancel), queued, since, cancel);
        }
        while (cursor != "0");
    }

    /// <summary>The prefix as a pattern that stands for nothing but itself.</summary>
    internal static string PatternOf(string prefix) => string.Concat(prefix.Select(letter => letter is '*' or '?' or '[' or ']' or '\\' or '^' ? "\\" + letter : letter.ToString()));

    private IEnumerable<RedisValue> NamesIn(RedisResult keys, IdFilter queued) =>
        from key in Reply.Texts(keys) where !IsOfQueued(key, queued) select (RedisValue)key[redis.Keys.Prefix.Length..];

    private bool IsOfQueued(string key, IdFilter queued)
    {
        var name = key.AsSpan(redis.Keys.Prefix.Length);
        if (!name.StartsWith(Job, StringComparison.Ordinal))
            return false;
        var id = name[Job.Length..];
        return queued.Contains(id.IndexOf(':') is >= 0 and var end ? id[..end] : id);
    }

    private async Task TakeAsync(RedisResult[] reply, IdFilter queued, long since, CancellationToken cancel)
    {
        await NoteMissingAsync([.. Reply.Texts(reply[1]).Where(id => !queued.Contains(id))], since, cancel);
        // What Hangfire puts into a queue by itself keeps its state.
        steps.Note(Reply.Texts(reply[2]), suspect => suspect.Kind is not ("scheduled-nowhere" or "held-by-nobody") || !queued.Contains(suspect.Subject));
    }

    private async Task NoteMissingAsync(IReadOnlyList<string> ids, long since, CancellationToken cancel)
    {
        if (ids.Count == 0)
            return;
        var times = await redis.RunAsync("reading when jobs were enqueued", database => Task.WhenAll(ids.Select(id => TextAsync(database.HashGetAsync(redis.Keys.JobStateData(id), "EnqueuedAt")))), cancel);
        for (var i = 0; i < ids.Count; i++)
        {
            if (StoredTime.Read(times[i]) is not { } at || at.ToUnixTimeMilliseconds() < since)
                suspects.Add(new Suspect("enqueued-nowhere", ids[i], times[i]));
        }
    }

    private static async Task<string> TextAsync(Task<RedisValue> field)
    {
        try
        {
            return (string?)await field ?? "";
        }
        catch (RedisServerException)
        {
            return "";
        }
    }
}
