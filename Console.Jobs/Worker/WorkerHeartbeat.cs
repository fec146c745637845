using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Worker;

/// <summary>Renews leases and the worker's record in one call, and brings back what the worker must know.</summary>
internal sealed class WorkerHeartbeat(JobRedis redis, WorkerIdentity identity, IReadOnlyList<WorkerPool> pools, JobWorkerOptions options, VitalsReader vitals, ILogger<WorkerHeartbeat> logger) : IDisposable
{
    private static readonly TimeSpan s_vitalsInterval = TimeSpan.FromSeconds(5);
    private static readonly RedisScript s_renew = RedisScript.Load("renew");
    private readonly Signal _now = new();
    private long _answeredAt = Stopwatch.GetTimestamp();
    private long _vitalsAt;
    private string _vitals = "";

    /// <summary>Time since Redis last answered a heartbeat.</summary>
    public TimeSpan Silence => Stopwatch.GetElapsedTime(Interlocked.Read(ref _answeredAt));

    /// <summary>Renews at once instead of at the next interval.</summary>
    public void BeatNow() => _now.Set();

    /// <summary>Renews until cancelled. A renewal that is under way then is waited for, so that none comes after the worker's leave.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await BeatAsync();
            }
            catch (JobStorageException e)
            {
                logger.HeartbeatFailed(e, Math.Max(0, options.LeaseSeconds - Silence.TotalSeconds));
            }
            await _now.WaitAsync(TimeSpan.FromSeconds(options.RenewSeconds), cancel);
        }
    }

    private async Task BeatAsync()
    {
        var sentAt = Stopwatch.GetTimestamp();
        var held = pools.SelectMany(pool => pool.Held()).ToArray();
        var answer = (RedisResult[])await redis.EvalAsync(s_renew, Arguments(held));
        Interlocked.Exchange(ref _answeredAt, Stopwatch.GetTimestamp());
        Extend(held, sentAt, [.. ((RedisValue[])answer[1]).Select(token => (string)token!)]);
        Cancel((RedisValue[])answer[2]);
        if ((int)answer[0] == 1)
        {
            await identity.AnnounceAsync(pools, again: true);
            logger.AnnouncedAgain(identity.Id);
        }
    }

    private RedisValue[] Arguments(IReadOnlyList<ClaimedJob> held)
    {
        var keep = TakeVitals();
        List<RedisValue> arguments = [identity.Id, options.LeaseSeconds * 1_000, redis.Options.EventStreamLength, redis.Options.EventStreamMaxLength, identity.SomeTypeKey, keep,
            6, "Busy", pools.Sum(pool => pool.Busy), "Pools", WorkerIdentity.PoolsJson(pools), "Vitals", _vitals];
        foreach (var job in held)
            arguments.AddRange([job.Id, job.Token]);
        return [.. arguments];
    }

    // Empty while the last ones are fresh enough.
    private string TakeVitals()
    {
        if (_vitalsAt != 0 && Stopwatch.GetElapsedTime(_vitalsAt) < s_vitalsInterval)
            return "";
        _vitalsAt = Stopwatch.GetTimestamp();
        return _vitals = JsonSerializer.Serialize(vitals.Read(), JobJson.Records);
    }

    private void Extend(IReadOnlyList<ClaimedJob> held, long sentAt, HashSet<string> lost)
    {
        var leaseEndsAt = sentAt + (long)(options.LeaseSeconds * (double)Stopwatch.Frequency);
        foreach (var claimed in held)
        {
            if (Find(claimed.Token) is not { } job)
                continue;
            if (!lost.Contains(claimed.Token))
                job.LeaseEndsAt = leaseEndsAt;
            else if (job.Cause != StopCause.LeaseLost)
            {
                logger.JobLost(job.JobId, job.JobName);
                job.Stop(StopCause.LeaseLost);
            }
        }
    }

    private void Cancel(RedisValue[] cancels)
    {
        for (var i = 0; i + 1 < cancels.Length; i += 2)
        {
            if (Find(cancels[i]!) is not { } job)
                continue;
            var request = CancelRequest.Read((string)cancels[i + 1]!);
            job.StopFor(request.By, request.Reason);
        }
    }

    private RunningJob? Find(string token) => pools.Select(pool => pool.Find(token)).FirstOrDefault(job => job is not null);

    public void Dispose() => _now.Dispose();
}
