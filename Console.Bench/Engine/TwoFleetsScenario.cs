using System.Diagnostics;
using Npgsql;
using OpsConsole.Bench.History;
using StackExchange.Redis;

namespace OpsConsole.Bench.Engine;

/// <summary>
/// Two fleets, each with a Redis, a prefix, a worker, a console and a database of its own: what two of them do against one, and whether
/// anything of one is seen by the other.
/// </summary>
internal sealed class TwoFleetsScenario : IScenario
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Name => "two-fleets";

    public string About => "two prefixes on two Redis servers with two consoles: their throughput together against that of one, and nothing of one in the other";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var second = settings with { Redis = Environment.GetEnvironmentVariable("OPS_REDIS_2") ?? throw new InvalidOperationException("OPS_REDIS_2 is not set; ./bench.sh two-fleets starts a second Redis and sets it.") };
        var (jobs, repeats) = settings.Quick ? (5_000, 1) : (20_000, 3);
        await using var left = await Fleet.OpenAsync(settings);
        await using var right = await Fleet.OpenAsync(second);
        Series alone = new("one_fleet_per_s"), both = new("two_fleets_per_s"), aloneCost = new("one_fleet_redis_cpu_us"), bothCost = new("two_fleets_redis_cpu_us");
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            await left.Space.FillAsync(jobs);
            var one = await left.DrainAsync(jobs);
            alone.Add(one.JobsPerSecond);
            aloneCost.Add(one.RedisMicroseconds);
            await Task.WhenAll(left.Space.FillAsync(jobs), right.Space.FillAsync(jobs));
            var since = Stopwatch.GetTimestamp();
            var two = await Task.WhenAll(left.DrainAsync(jobs), right.DrainAsync(jobs));
            both.Add(2 * jobs / Stopwatch.GetElapsedTime(since).TotalSeconds);
            bothCost.Add(two.Average(drain => drain.RedisMicroseconds));
        }
        var missing = await left.MissingAsync(Patience) + await right.MissingAsync(Patience);
        var strangers = await left.StrangersAsync(right) + await right.StrangersAsync(left);
        return new BenchReport(Name, $"{jobs:N0} jobs for each fleet and repeat, {repeats} repeats in turn, medians; one worker process with 20 slots each, consoles store the history; everything on this machine",
        [
            alone.Figure(),
            both.Figure(),
            both.Ratio(alone, "two_to_one"),
            aloneCost.Figure(),
            bothCost.Figure(),
            new Figure("jobs_missing_in_history", missing, AtMost: 0),
            new Figure("found_in_the_other_fleet", strangers, AtMost: 0),
        ]);
    }

    private sealed class Fleet(EngineSpace space, BenchDatabase database, ConsoleProcess console, NpgsqlDataSource source) : IAsyncDisposable
    {
        public EngineSpace Space => space;

        public static async Task<Fleet> OpenAsync(BenchSettings settings)
        {
            var database = await BenchDatabase.OpenAsync(settings);
            var space = await EngineSpace.OpenAsync(settings);
            var console = await ConsoleProcess.StartAsync(new ConsoleSettings(settings.Redis, space.Prefix, database.ConnectionString));
            await space.StartWorkersAsync(1, slots: 20);
            return new Fleet(space, database, console, NpgsqlDataSource.Create(database.ConnectionString));
        }

        public Task<DrainResult> DrainAsync(int jobs) => space.DrainAsync(jobs);

        /// <summary>Jobs of this fleet that its own console has not stored after a while.</summary>
        public async Task<double> MissingAsync(TimeSpan patience)
        {
            var ended = await space.SucceededAsync();
            await Waiting.TryUntilAsync(patience, async () => await StoredAsync() >= ended, pause: TimeSpan.FromMilliseconds(200));
            return Math.Abs(ended - await StoredAsync());
        }

        /// <summary>Keys under the other's prefix in this fleet's Redis, and attempts of the other's workers in this fleet's history.</summary>
        public async Task<double> StrangersAsync(Fleet other)
        {
            var keys = (RedisResult[])(await space.Redis.RunAsync("KEYS", database => database.ExecuteAsync("KEYS", other.Space.Prefix + "*")))!;
            await using var command = source.CreateCommand("""SELECT count(*) FROM "Attempts" WHERE "JobId" = ANY($1)""");
            command.Parameters.AddWithValue(await other.SomeJobsAsync());
            return keys.Length + Convert.ToDouble(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }

        public async ValueTask DisposeAsync()
        {
            await console.DisposeAsync();
            await space.DisposeAsync();
            await source.DisposeAsync();
            await database.DisposeAsync();
        }

        private async Task<string[]> SomeJobsAsync()
        {
            await using var command = source.CreateCommand("""SELECT "JobId" FROM "Attempts" LIMIT 20000""");
            await using var rows = await command.ExecuteReaderAsync();
            var ids = new List<string>();
            while (await rows.ReadAsync())
                ids.Add(rows.GetString(0));
            return [.. ids];
        }

        private async Task<long> StoredAsync()
        {
            await using var command = source.CreateCommand("""SELECT count(*) FROM "Attempts" """);
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }
}
