using System.Diagnostics;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Upkeep;

/// <summary>One short call of a script after the other, with a rest after each, so that Redis is never held up for long.</summary>
/// <param name="redis">Where the jobs are.</param>
/// <param name="suspects">Takes what looks wrong.</param>
/// <param name="rest">Waits for as long as it is told.</param>
internal sealed class SweepSteps(JobRedis redis, Suspects suspects, Func<TimeSpan, CancellationToken, Task> rest)
{
    // Of the time of one Redis, a sixteenth at most; when Redis is busy and answers late, less.
    private const int RestShare = 15;
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
    public async Task<RedisResult[]> StepAsync(RedisScript script, RedisValue[] arguments, CancellationToken cancel)
    {
        var begin = Stopwatch.GetTimestamp();
        var reply = Reply.List(await redis.EvalAsync(script, arguments, cancel));
        await rest(Stopwatch.GetElapsedTime(begin) * RestShare, cancel);
        return reply;
    }
}
