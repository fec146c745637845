using System.Diagnostics;
using Npgsql;
using OpsConsole.Bench.History;

namespace OpsConsole.Bench.Export;

/// <summary>A million attempts as a file: how fast, in how much memory, twice at once, and what is left running when who asked has gone.</summary>
internal sealed class ExportScenario : IScenario
{
    private const string Search = "since:30d";
    private const long LeaveAfter = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "export";

    public string About => "a file of 1,000,000 attempts as it streams, alone and two at once: flat memory, nothing lost, and nothing left running for who has gone";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var rows = settings.Quick ? 100_000 : 1_000_000;
        await using var database = await BenchDatabase.OpenAsync(settings);
        // No older than what the console's own upkeep keeps.
        await HistorySeed.FillAsync(database.ConnectionString, new SeedSize(DateTimeOffset.UtcNow, rows, Days: 10, Groups: 1_000));
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var console = await ConsoleProcess.StartAsync(new ConsoleSettings(settings.Redis, BenchHost.NewPrefix(), database.ConnectionString));
        using var http = await SignedIn.OpenAsync(console);
        // What is compiled and planned at the first call is no part of what follows.
        await new Download(http, Search).RunAsync(LeaveAfter);
        await QuietAsync(source);
        var (one, memory) = await WatchedAsync(console, new Download(http, Search));
        var (two, memoryOfTwo) = await WatchedAsync(console, new Download(http, Search), new Download(http, Search));
        var left = new Download(http, Search);
        await left.RunAsync(LeaveAfter);
        var quiet = await QuietAsync(source);
        return new BenchReport(Name, $"{rows:N0} attempts; the memory is that of the console, in the last quarter against the second one",
        [
            new Figure("rows_per_s", rows / one[0].Seconds),
            new Figure("first_byte_s", one[0].FirstByteSeconds),
            new Figure("memory_mb", memory.Max()),
            new Figure("memory_growth_mb", Growth(memory), AtMost: 50),
            new Figure("rows_per_s_of_two", 2 * rows / two.Max(download => download.Seconds)),
            new Figure("memory_mb_of_two", memoryOfTwo.Max()),
            new Figure("lost", one.Concat(two).Sum(download => rows - download.Rows), AtMost: 0),
            new Figure("left_quiet_s", quiet, AtMost: 2),
        ]);
    }

    private static async Task<(Download[] Downloads, IReadOnlyList<double> Memory)> WatchedAsync(ConsoleProcess console, params Download[] downloads)
    {
        var memory = new List<double> { console.MemoryMegabytes };
        var all = Task.WhenAll(downloads.Select(download => download.RunAsync()));
        while (await Task.WhenAny(all, Task.Delay(250)) != all)
            memory.Add(console.MemoryMegabytes);
        await all;
        return (downloads, memory);
    }

    private static double Growth(IReadOnlyList<double> memory)
    {
        var quarter = Math.Max(1, memory.Count / 4);
        return memory.TakeLast(quarter).Average() - memory.Skip(quarter).Take(quarter).DefaultIfEmpty(memory[0]).Average();
    }

    /// <returns>Seconds until the database ran no search any more.</returns>
    private static async Task<double> QuietAsync(NpgsqlDataSource database)
    {
        var (since, last) = (Stopwatch.GetTimestamp(), 0d);
        // Between two pages nothing runs either: only a second of silence is one.
        // Between two pages nothing runs either: only a second of silence is one.
        await Waiting.UntilAsync("no search runs for a client that has gone", Patience, async () =>
        {
            await using var command = database.CreateCommand("""SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%"Attempts"%' """);
            if ((long)(await command.ExecuteScalarAsync())! > 0)
                last = Stopwatch.GetElapsedTime(since).TotalSeconds;
            return Stopwatch.GetElapsedTime(since).TotalSeconds - last >= 1;
        }, pause: TimeSpan.FromMilliseconds(20));
        return last;
    }
}
