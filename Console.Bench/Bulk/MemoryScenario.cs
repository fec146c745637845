using System.Globalization;
using OpsConsole.Jobs.Client;

namespace OpsConsole.Bench.Bulk;

/// <summary>What jobs cost in Redis while they wait and after they have succeeded, with and without tags, and which key takes how much of it.</summary>
internal sealed class MemoryScenario : IScenario
{
    private const int Slots = 20;

    public string Name => "memory";

    public string About => "bytes of Redis for each of 100,000 jobs: at most 1 KB while it waits, at most 1.5 KB after it has succeeded, the event stream apart";

    public ProfileTarget Profiled => ProfileTarget.Here;

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var jobs = settings.Quick ? 20_000 : 100_000;
        var figures = new List<Figure>();
        foreach (var (name, tags) in (IEnumerable<(string, string[])>)[("plain", []), ("tagged", ["acme", "eu-west", "nightly"])])
            figures.AddRange(await MeasureAsync(settings, jobs, name, tags));
        return new BenchReport(Name, $"{jobs:N0} jobs with one text argument of 60 letters, without and with 3 tags; stream: what the events of one job take until they are trimmed", figures);
    }

    private static async Task<List<Figure>> MeasureAsync(BenchSettings settings, int jobs, string name, string[] tags)
    {
        // As long as the default one: it stands in front of every key.
        var prefix = $"{{{Guid.NewGuid().ToString("N")[..8]}}}:";
        await BenchHost.PublishTypesAsync(settings, prefix);
        await using var host = await BenchHost.StartAsync(settings, prefix);
        var memory = new RedisMemory(host.Redis);
        var ids = Enumerable.Range(0, jobs).Select(_ => Guid.NewGuid().ToString("D")).ToArray();
        BenchJobs.Reset();

        var before = await memory.UsedAsync();
        await FillAsync(host.Client, ids, tags);
        var waiting = await memory.PerJobAsync(ids, await memory.UsedAsync() - before);
        await DrainAsync(settings, prefix, host, jobs);
        var finished = await memory.PerJobAsync(ids, await memory.UsedAsync() - before);
        await host.ClearAsync();
        return [.. Figures($"waiting_{name}", waiting, 1_024), .. Figures($"finished_{name}", finished, 1_536)];
    }

    private static async Task FillAsync(JobClient client, string[] ids, string[] tags)
    {
        foreach (var chunk in ids.Chunk(JobClient.MaxBatch))
        {
            var results = await client.EnqueueManyAsync([.. chunk.Select(id => new JobRequest("bench.mark", Arguments(id), new EnqueueOptions { Id = id, Tags = tags.Length > 0 ? tags : null }))]);
            if (results.FirstOrDefault(result => !result.IsCreated) is { } refused)
                throw new InvalidOperationException(refused.Message);
        }
    }

    private static string Arguments(string id) => string.Create(CultureInfo.InvariantCulture, $$"""{"name":"customer {{id[..8]}} with a note that is about as long as such notes"}""");

    private static async Task DrainAsync(BenchSettings settings, string prefix, BenchHost host, int jobs)
    {
        await using var worker = await BenchHost.StartAsync(settings, prefix, Slots);
        await Waiting.UntilAsync($"{jobs:N0} jobs have succeeded", TimeSpan.FromMinutes(5), async () => await host.NumberAsync(host.Redis.Keys.Stats("succeeded")) >= jobs);
    }

    private static IEnumerable<Figure> Figures(string name, JobBytes bytes, double atMost) =>
    [
        new Figure(name, bytes.All, AtMost: atMost),
        new Figure($"{name}_job", bytes.Job),
        new Figure($"{name}_state", bytes.State),
        new Figure($"{name}_history", bytes.History),
        new Figure($"{name}_rest", bytes.All - bytes.Job - bytes.State - bytes.History),
        new Figure($"{name}_stream", bytes.Stream),
    ];
}
