using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Upkeep;

/// <summary>The walks through queues and keys, with rests of one length between their calls.</summary>
/// <param name="redis">Where the jobs are.</param>
/// <param name="suspects">Takes what looks wrong.</param>
/// <param name="steps">Rests between calls.</param>
/// <param name="size">What is large.</param>
internal sealed class LookPace(JobRedis redis, Suspects suspects, SweepSteps steps, SweepSize size)
{
    private readonly QueueWalk _queues = new(redis, steps, suspects, size);
    private readonly KeyWalk _keys = new(redis, steps, suspects);

    /// <summary>Looks at the queues and at every key.</summary>
    public async Task AllAsync(CancellationToken cancel)
    {
        var (ids, since) = await _queues.WalkAsync(cancel);
        await _keys.WalkAllAsync(ids, since, cancel);
    }

    /// <summary>Looks at the queues, and at the keys that they do not account for.</summary>
    public async Task PastQueuedAsync(CancellationToken cancel)
    {
        var (ids, since) = await _queues.WalkAsync(cancel);
        await _keys.WalkPastQueuedAsync(ids, since, cancel);
    }
}
