using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Upkeep;

/// <summary>Looks through the jobs themselves, so that those are found that stand nowhere.</summary>
internal sealed class KeyWalk(JobRedis redis, SweepSteps steps, Suspects suspects)
{
    private const int KeysPerStep = 300;
    private const int KeysForAllTypes = 500_000;
    private const int RoundsForAllTypes = 4;
    private static readonly RedisScript s_keys = RedisScript.Load("sweep-keys");
    private int _round;

    /// <param name="queued">Ids that stood in queues.</param>
    /// <param name="since">Time of Redis before the first of them was read, in ms: who came later is not missed.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task WalkAsync(IdFilter queued, long since, CancellationToken cancel)
    {
        var keys = await redis.RunAsync("DBSIZE", async database => (long)await database.ExecuteAsync("DBSIZE"), cancel);
        // The type of every key is asked for in each round of a small store, and now and then in one that takes minutes.
        var types = keys <= KeysForAllTypes || _round++ % RoundsForAllTypes == 0 ? "1" : "0";
        var cursor = "0";
        do
        {
            var reply = await steps.StepAsync(s_keys, [cursor, KeysPerStep, PatternOf(redis.Keys.Prefix) + "*", types], cancel);
            cursor = Reply.Text(reply[0]);
            await NoteMissingAsync([.. Reply.Texts(reply[1]).Where(id => !queued.Contains(id))], since, cancel);
            // What Hangfire puts into a queue by itself keeps its state.
            steps.Note(Reply.Texts(reply[2]), suspect => suspect.Kind is not ("scheduled-nowhere" or "held-by-nobody") || !queued.Contains(suspect.Subject));
        }
        while (cursor != "0");
    }

    /// <summary>The prefix as a pattern that stands for nothing but itself.</summary>
    internal static string PatternOf(string prefix) => string.Concat(prefix.Select(letter => letter is '*' or '?' or '[' or ']' or '\\' or '^' ? "\\" + letter : letter.ToString()));

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
