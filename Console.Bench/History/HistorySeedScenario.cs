using System.Globalization;

namespace OpsConsole.Bench.History;

/// <summary>How fast a month of history is written. With OPS_SEED_DATABASE it fills that database and leaves it, to look at pages with.</summary>
internal sealed class HistorySeedScenario : IScenario
{
    public string Name => "history-seed";

    public string About => "how fast 5 million attempts over 30 days are written into an empty history, for search and metrics to read; OPS_SEED_DATABASE names one to keep";

    public ProfileTarget Profiled => ProfileTarget.Nothing;

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var attempts = long.TryParse(Environment.GetEnvironmentVariable("OPS_SEED_ATTEMPTS"), CultureInfo.InvariantCulture, out var asked) && asked > 0
            ? asked
            : settings.Quick ? 200_000 : 5_000_000;
        var size = new SeedSize(DateTimeOffset.UtcNow, attempts);
        if (Environment.GetEnvironmentVariable("OPS_SEED_DATABASE") is { Length: > 0 } mine)
            return Report(size, await HistorySeed.FillAsync(mine, size), []);
        await using var database = await BenchDatabase.OpenAsync(settings);
        var seconds = await HistorySeed.FillAsync(database.ConnectionString, size);
        return Report(size, seconds, [new Figure("database_mb", await database.MegabytesAsync())]);
    }

    private BenchReport Report(SeedSize size, double seconds, Figure[] more) => new(Name, $"{size.Attempts:N0} attempts over {size.Days} days",
        [new Figure("attempts_per_s", size.Attempts / seconds), new Figure("seed_s", seconds), .. more]);
}
