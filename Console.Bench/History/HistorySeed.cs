using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data;
using OpsConsole.Data.History;

namespace OpsConsole.Bench.History;

/// <summary>How much history.</summary>
/// <param name="Until">End of it; now, for those who search for the last days.</param>
/// <param name="Groups">Problems that there are; of 5 million attempts some 10,000 of them come up.</param>
internal sealed record SeedSize(DateTimeOffset Until, long Attempts = 5_000_000, int Days = 30, int Groups = 12_500);

/// <summary>
/// Fills a migrated database with a month of attempts, by the batches and parts that the ingestion writes, so that roll-ups and groups say
/// the same as the attempts.
/// </summary>
internal static class HistorySeed
{
    private const int BatchRows = 20_000;

    /// <returns>Seconds that it took, with the indexes that a day gets once it has ended.</returns>
    public static async Task<double> FillAsync(string postgres, SeedSize size)
    {
        var watch = Stopwatch.StartNew();
        await using var services = new ServiceCollection().AddLogging().AddConsoleData(postgres).BuildServiceProvider();
        await services.GetRequiredService<ConsoleDatabase>().MigrateAsync();
        var store = services.GetRequiredService<HistoryStore>();
        var term = await store.TryAcquireAsync("seed", 3_600) ?? throw new InvalidOperationException("A console stores events into this database. Stop it first.");
        var batches = Channel.CreateBounded<HistoryBatch>(2);
        var making = Task.Run(() => MakeAsync(size, batches.Writer));
        await foreach (var batch in batches.Reader.ReadAllAsync())
        {
            if (await store.WriteAsync(term.Epoch, batch) == HistoryWrite.Fenced)
                throw new InvalidOperationException("Another process has taken the lease of the history.");
        }
        await making;
        await store.ReleaseAsync(term.Epoch);
        await SettleAsync(services);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task MakeAsync(SeedSize size, ChannelWriter<HistoryBatch> batches)
    {
        try
        {
            var hosts = new SeedHosts();
            foreach (var rows in new SeedAttempts(size).All().Chunk(BatchRows))
                await batches.WriteAsync(SeedBatch.Of(rows, hosts));
            batches.Complete();
        }
        catch (Exception error)
        {
            batches.Complete(error);
            throw;
        }
    }

    // What an hour of the upkeep does in a console.
    private static async Task SettleAsync(ServiceProvider services)
    {
        await services.GetRequiredService<PartitionStore>().BuildIndexesAsync();
        await using var analyse = services.GetRequiredService<HistoryDatabase>().Writing.CreateCommand("ANALYZE");
        analyse.CommandTimeout = 0;
        await analyse.ExecuteNonQueryAsync();
    }
}
