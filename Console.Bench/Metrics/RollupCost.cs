using System.Diagnostics;
using OpsConsole.Bench.History;
using OpsConsole.Data.Figures;
using OpsConsole.Data.History;

namespace OpsConsole.Bench.Metrics;

/// <summary>What the figures cost the ingestion: batches of a second at full load, each in a transaction of its own.</summary>
internal static class RollupCost
{
    private const int PerSecond = 3_500;

    /// <returns>Milliseconds of each batch, the commit left out, which the attempts need anyway.</returns>
    public static async Task<IReadOnlyList<double>> MeasureAsync(HistoryDatabase database, DateTimeOffset from, int seconds)
    {
        var writer = new RollupWriter();
        var took = new List<double>();
        await using var connection = await database.Writing.OpenConnectionAsync();
        var second = 0;
        foreach (var rows in new SeedAttempts(new SeedSize(from, PerSecond * seconds, Days: 1)).All().Chunk(PerSecond))
        {
            var batch = new HistoryBatch
            {
                Position = "",
                PositionAt = from,
                Events = rows.Length,
                Attempts = [.. rows.Select((row, i) => row with { EndedAt = from.AddSeconds(second + ((double)i / rows.Length)) })],
            };
            second++;
            await using var transaction = await connection.BeginTransactionAsync();
            var watch = Stopwatch.StartNew();
            await writer.ApplyAsync(connection, transaction, batch, CancellationToken.None);
            took.Add(watch.Elapsed.TotalMilliseconds);
            await transaction.CommitAsync();
        }
        return took;
    }
}
