using System.Diagnostics;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Upkeep;

/// <summary>
/// Looks at a store whose keys are too many to be read again and again. A count tells whether something may be wrong, and only then all names
/// are read: in a hurry, unless that has just been in vain, as it is where others keep their keys in the same Redis.
/// </summary>
internal sealed class LargeLook(JobRedis redis, Suspects suspects, LookPace hurried, LookPace calm)
{
    private static readonly TimeSpan s_calm = TimeSpan.FromMinutes(5);
    // What has been found is looked at again and put right meanwhile, and then the count is as it was.
    private static readonly TimeSpan s_untilRepaired = TimeSpan.FromSeconds(20);
    private static readonly RedisScript s_count = RedisScript.Load("sweep-count");
    private long? _sound;
    private long _hurriedAt;
    private long _foundAt;
    private long _repairs;
    private long _repairsBefore;

    /// <summary>Notes that something was wrong indeed.</summary>
    public void Repaired() => Interlocked.Increment(ref _repairs);

    public async Task LookAsync(CancellationToken cancel)
    {
        if (_foundAt != 0 && Stopwatch.GetElapsedTime(_foundAt) < s_untilRepaired)
            return;
        var count = Reply.Number(await redis.EvalAsync(s_count, [], cancel));
        if (count == _sound)
            return;
        var (before, isHurried) = (suspects.Added, MayHurry());
        if (isHurried)
            (_hurriedAt, _repairsBefore) = (Stopwatch.GetTimestamp(), Interlocked.Read(ref _repairs));
        await (isHurried ? hurried : calm).PastQueuedAsync(cancel);
        _foundAt = suspects.Added == before ? 0 : Stopwatch.GetTimestamp();
        if (_foundAt == 0)
            _sound = count;
    }

    private bool MayHurry() =>
        _sound is not null && (_hurriedAt == 0 || Interlocked.Read(ref _repairs) > _repairsBefore || Stopwatch.GetElapsedTime(_hurriedAt) > s_calm);
}
