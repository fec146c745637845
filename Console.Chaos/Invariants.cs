using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Chaos;

/// <summary>Every job is in exactly one place: the one that its state names.</summary>
/// <param name="States">State by id; null for one that is not there.</param>
/// <param name="Broken">Ids that stand elsewhere than their state says, and where.</param>
internal sealed record Invariants(IReadOnlyDictionary<string, string?> States, IReadOnlyList<string> Broken)
{
    private const int Chunk = 1_000;

    /// <summary>Looks at these jobs and at every id that stands in a list.</summary>
    public static async Task<Invariants> CheckAsync(IDatabase database, RedisKeys keys, IEnumerable<string> ids)
    {
        var places = await Places.ReadAsync(database, keys);
        var states = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var chunk in ids.Union(places.Ids).Chunk(Chunk))
        {
            var read = await Task.WhenAll(chunk.Select(id => database.HashGetAsync(keys.Job(id), "State")));
            for (var i = 0; i < chunk.Length; i++)
                states[chunk[i]] = read[i];
        }
        var broken = states.Where(job => !Fits(job.Value, places.Of(job.Key))).Select(job => $"{job.Key}: {job.Value ?? "no job"} in '{places.Of(job.Key)}'");
        return new Invariants(states, [.. broken]);
    }

    public int Count(string state) => States.Values.Count(one => one == state);

    // Lists of ended jobs keep only the newest; a job made by a retry stands in 'schedule' alone, since 'retries' only marks it.
    private static bool Fits(string? state, string places) => state switch
    {
        "Enqueued" => places == "queue",
        "Scheduled" => places == "schedule",
        "Processing" => places == "dequeued+leases+processing+running",
        "Failed" => places == "failed",
        "Awaiting" => places == "awaiting",
        "Succeeded" => places is "" or "succeeded",
        "Deleted" => places is "" or "deleted",
        _ => places.Length == 0,
    };
}
