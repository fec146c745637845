using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Samples.Reports.Traffic;

/// <summary>How many jobs wait.</summary>
internal sealed class QueueLengths(JobRedis redis)
{
    private static readonly string[] Queues = ["reports", "documents", "notifications", "default"];

    /// <summary>Length of the longest queue of this host.</summary>
    public async Task<long> LongestAsync(CancellationToken cancellation) =>
        (await redis.RunAsync("queue lengths", database => Task.WhenAll(Queues.Select(queue => database.ListLengthAsync(redis.Keys.Queue(queue)))), cancellation)).Max();
}
