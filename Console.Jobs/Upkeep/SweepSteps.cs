using System.Diagnostics;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Upkeep;

/// <summary>One short call of a script after the other, with a rest after each, so that Redis is never held up for long.</summary>
/// <param name="redis">Where the jobs are.</param>
/// <param name="suspects">Takes what looks wrong.</param>
/// <param name="rest">Waits for as long as it is told.</param>
/// <param name="restShare">How often as long as a call took it rests after it.</param>
internal sealed class SweepSteps(JobRedis redis, Suspects suspects, Func<TimeSpan, CancellationToken, Task> rest, int restShare)
{
    private const int EntriesPerStep = 200;
    private static readonly RedisScript s_place = RedisScript.Load("sweep-place");

    /// <summary>Looks through one list, set or hash.</summary>
    /// <param name="name">Of the key, without the prefix.</param>
    /// <param name="take">Takes the entries of each step; those of queues only are told.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Time of Redis at its begin, in ms.</returns>
    public async Task<long> WalkAsync(string name, Action<IReadOnlyList<string>>? take, CancellationToken cancel)
    {
        long? begin = null;
        for (var from = "0"; from.Length > 0;)
        {
            var reply = await StepAsync(s_place, [name, from, EntriesPerStep], cancel);
            begin ??= Reply.Number(reply[3]);
            take?.Invoke(Reply.Texts(reply[1]));
            Note(Reply.Texts(reply[2]), _ => true);
            from = Reply.Text(reply[0]);
        }
        return begin ?? 0;
    }

    /// <summary>Takes the kind, subject and evidence of all that looks wrong.</summary>
    public void Note(IReadOnlyList<string> odd, Func<Suspect, bool> counts)
    {
        for (var i = 0; i + 2 < odd.Count; i += 3)
        {
            if (new Suspect(odd[i], odd[i + 1], odd[i + 2]) is var suspect && counts(suspect))
                suspects.Add(suspect);
        }
    }

    /// <summary>Runs a script and rests.</summary>
    public Task<RedisResult[]> StepAsync(RedisScript script, RedisValue[] arguments, CancellationToken cancel) => StepAsync(() => redis.EvalAsync(script, arguments, cancel), cancel);

    /// <summary>Reads names of keys and rests.</summary>
    /// <returns>The next cursor, <c>0</c> at the end, and the names.</returns>
    public Task<RedisResult[]> ScanAsync(string cursor, string pattern, int count, CancellationToken cancel) =>
        StepAsync(() => redis.RunAsync("SCAN", database => database.ExecuteAsync("SCAN", cursor, "MATCH", pattern, "COUNT", count), cancel), cancel);

    private async Task<RedisResult[]> StepAsync(Func<Task<RedisResult>> ask, CancellationToken cancel)
    {
        var begin = Stopwatch.GetTimestamp();
        var reply = Reply.List(await ask());
        await rest(Stopwatch.GetElapsedTime(begin) * restShare, cancel);
        return reply;
    }
}
