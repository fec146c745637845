using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring.Listing;

/// <summary>Which keys list the jobs of a state.</summary>
internal static class IdSources
{
    /// <summary>The keys in the order that a page goes through them; none for a state that no key lists (Awaiting: see <see cref="AwaitingFinder"/>).</summary>
    public static IReadOnlyList<IdSource> Of(JobState state, IReadOnlyList<string> queues, RedisKeys keys) => state switch
    {
        JobState.Enqueued => [.. queues.SelectMany(queue => Waiting(queue, keys))],
        JobState.Scheduled or JobState.Retrying => [new("schedule", keys.Schedule, IdOrder.LowestFirst)],
        JobState.Processing => [new("processing", keys.Processing, IdOrder.HighestFirst)],
        JobState.Failed => [new("failed", keys.Failed, IdOrder.HighestFirst)],
        JobState.Quarantined => [new("quarantine", keys.Quarantine, IdOrder.HighestFirst)],
        JobState.Succeeded => [new("succeeded", keys.Succeeded, IdOrder.ListFromHead)],
        JobState.Deleted => [new("deleted", keys.Deleted, IdOrder.ListFromHead)],
        _ => [],
    };

    /// <summary>The keys of these states, each with its newest jobs first; none stands for all states.</summary>
    public static IReadOnlyList<IdSource> Newest(IReadOnlyList<string> queues, RedisKeys keys, IReadOnlyList<JobState> states)
    {
        var all = Newest(queues, keys);
        return states.Count == 0 ? all : [.. all.Where(source => StatesOf(source).Any(states.Contains))];
    }

    /// <summary>The keys of all states, each with its newest jobs first.</summary>
    public static IReadOnlyList<IdSource> Newest(IReadOnlyList<string> queues, RedisKeys keys) =>
    [
        new("processing", keys.Processing, IdOrder.HighestFirst),
        new("succeeded", keys.Succeeded, IdOrder.ListFromHead),
        new("failed", keys.Failed, IdOrder.HighestFirst),
        new("deleted", keys.Deleted, IdOrder.ListFromHead),
        new("schedule", keys.Schedule, IdOrder.LowestFirst),
        new("awaiting", keys.Awaiting, IdOrder.HighestFirst),
        .. queues.Select(queue => new IdSource("queue:" + queue, keys.Queue(queue), IdOrder.ListFromHead)),
    ];

    private static JobState[] StatesOf(IdSource source) => source.Name switch
    {
        "processing" => [JobState.Processing],
        "succeeded" => [JobState.Succeeded],
        "failed" => [JobState.Failed, JobState.Quarantined],
        "deleted" => [JobState.Deleted],
        "schedule" => [JobState.Scheduled, JobState.Retrying],
        "awaiting" => [JobState.Awaiting],
        _ => [JobState.Enqueued],
    };

    private static IEnumerable<IdSource> Waiting(string queue, RedisKeys keys) =>
    [
        new("queue:" + queue, keys.Queue(queue), IdOrder.ListFromTail),
        new("throttled:" + queue, keys.Throttled(queue), IdOrder.LowestFirst),
    ];
}
