using Microsoft.Extensions.Logging;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Upkeep;

/// <summary>
/// Looks through Redis for what does not fit together: an id without its job, a job that stands nowhere, in two places or in nobody's hands.
/// What looks wrong may be on its way, so it is looked at again later, by the script that puts it right. One worker does it for all.
/// </summary>
internal sealed class StorageSweep
{
    private const int MaxRepairsPerCall = 20;
    // Of the time of one Redis a sixteenth at most, a fiftieth for what takes long, and a third when a count says that something is wrong.
    private const int RestShare = 15;
    private const int SlowRestShare = 49;
    internal const int HurriedRestShare = 2;
    private static readonly RedisScript s_repair = RedisScript.Load("sweep-repair");
    // A Hangfire server writes its record anew every 30 s.
    private static readonly TimeSpan s_serverGrace = TimeSpan.FromSeconds(35);
    private readonly JobRedis _redis;
    private readonly JobWorkerOptions _options;
    private readonly ILogger _logger;
    private readonly Suspects _suspects;
    private readonly SweepSteps _steps;
    private readonly SweepSize _size;
    private readonly LookPace _calm;
    private readonly LookPace _slow;
    private readonly LargeLook _large;

    /// <param name="redis">Where the jobs are.</param>
    /// <param name="options">Of the worker.</param>
    /// <param name="time">Clock.</param>
    /// <param name="rest">Waits between two steps.</param>
    /// <param name="logger">Is told of every finding.</param>
    /// <param name="size">What is large.</param>
    public StorageSweep(JobRedis redis, JobWorkerOptions options, TimeProvider time, Func<TimeSpan, CancellationToken, Task> rest, ILogger logger, SweepSize? size = null)
    {
        (_redis, _options, _logger, _size) = (redis, options, logger, size ?? new SweepSize());
        _suspects = new Suspects(time, GraceOf);
        _steps = new SweepSteps(redis, _suspects, rest, RestShare);
        _calm = new LookPace(redis, _suspects, _steps, _size);
        _slow = new LookPace(redis, _suspects, new SweepSteps(redis, _suspects, rest, SlowRestShare), _size);
        _large = new LargeLook(redis, _suspects, new LookPace(redis, _suspects, new SweepSteps(redis, _suspects, rest, HurriedRestShare), _size), _calm);
    }

    private IEnumerable<string> Places => ((string[])
    [
        _redis.Keys.Servers, _redis.Keys.Running, _redis.Keys.Leases, _redis.Keys.Processing, _redis.Keys.Schedule, _redis.Keys.Retries, _redis.Keys.Failed,
        _redis.Keys.Quarantine, _redis.Keys.Awaiting, _redis.Keys.Cancels, _redis.Keys.Lost, _redis.Keys.Succeeded, _redis.Keys.Deleted, _redis.Keys.Paused, _redis.Keys.Types,
        _redis.Keys.Gone, _redis.Keys.Events, _redis.Keys.Findings,
    ]).Select(key => key[_redis.Keys.Prefix.Length..]);

    /// <summary>Looks at everything that lists jobs or workers, but the queues.</summary>
    public async Task LookAtPlacesAsync(CancellationToken cancel)
    {
        foreach (var place in Places)
            await _steps.WalkAsync(place, null, cancel);
    }

    /// <summary>Looks at the queues and at every key, unless these are too many.</summary>
    public async Task LookAtJobsAsync(CancellationToken cancel)
    {
        if (!await IsLargeAsync(cancel))
            await _calm.AllAsync(cancel);
    }

    /// <summary>Looks at a large store when its counts do not come out even.</summary>
    public async Task LookAtCountsAsync(CancellationToken cancel)
    {
        if (await IsLargeAsync(cancel))
            await _large.LookAsync(cancel);
    }

    /// <summary>Looks at the queues and at every key of a large store, whatever its counts say; that takes long.</summary>
    public async Task LookSlowlyAsync(CancellationToken cancel)
    {
        if (await IsLargeAsync(cancel))
            await _slow.AllAsync(cancel);
    }

    /// <summary>Looks again at what looked wrong long enough ago, and puts it right.</summary>
    public async Task RepairDueAsync(CancellationToken cancel)
    {
        while (_suspects.TakeDue(MaxRepairsPerCall) is { Count: > 0 } due)
        {
            List<RedisValue> arguments = [_options.LeaseSeconds * 1_000];
            foreach (var (suspect, age) in due)
                arguments.AddRange([suspect.Kind, suspect.Subject, suspect.Evidence, (long)age.TotalMilliseconds]);
            var done = await _steps.StepAsync(s_repair, [.. arguments], cancel);
            if (done.Length > 0)
                _large.Repaired();
            for (var i = 0; i + 3 < done.Length; i += 4)
                _logger.Inconsistent(FindingKinds.TitleOf(Reply.Text(done[i])), Reply.Text(done[i + 1]), Reply.Text(done[i + 2]), Reply.Text(done[i + 3]));
        }
    }

    private async Task<bool> IsLargeAsync(CancellationToken cancel) =>
        await _redis.RunAsync("DBSIZE", async database => (long)await database.ExecuteAsync("DBSIZE"), cancel) > _size.MostKeys;

    private TimeSpan GraceOf(string kind) => kind switch
    {
        "server-without-record" => Longer(s_serverGrace),
        // Its worker, if it is alive, gives it up when it next renews.
        "held-by-nobody" => Longer(TimeSpan.FromSeconds(_options.RenewSeconds * 3)),
        _ => TimeSpan.FromSeconds(_options.SweepSeconds),
    };

    private TimeSpan Longer(TimeSpan than) => TimeSpan.FromSeconds(Math.Max(_options.SweepSeconds, than.TotalSeconds));
}
