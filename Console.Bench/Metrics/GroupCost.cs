using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Bench.History;
using OpsConsole.Data;
using OpsConsole.Data.Failures;
using OpsConsole.Data.History;

namespace OpsConsole.Bench.Metrics;

/// <summary>What it costs the ingestion when every failure is a problem of its own: 60,000 of them, in a database of their own.</summary>
/// <param name="Took">Milliseconds of each batch of 1,000, the commit left out.</param>
/// <param name="Most">Groups that there were at most.</param>
internal sealed record GroupCost(IReadOnlyList<double> Took, long Most)
{
    private const int Batches = 60;
    private const int PerBatch = 1_000;

    public static async Task<GroupCost> MeasureAsync(BenchSettings settings)
    {
        await using var database = await BenchDatabase.OpenAsync(settings);
        await using var services = new ServiceCollection().AddLogging().AddConsoleData(database.ConnectionString).BuildServiceProvider();
        await services.GetRequiredService<ConsoleDatabase>().MigrateAsync();
        await using var connection = await services.GetRequiredService<HistoryDatabase>().Writing.OpenConnectionAsync();
        var (writer, groups) = (new GroupWriter(), services.GetRequiredService<GroupStore>());
        var (took, most) = (new List<double>(), 0L);
        for (var batch = 0; batch < Batches; batch++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var watch = Stopwatch.StartNew();
            await writer.ApplyAsync(connection, transaction, Batch(batch, DateTimeOffset.UtcNow), CancellationToken.None);
            took.Add(watch.Elapsed.TotalMilliseconds);
            await transaction.CommitAsync();
            var counts = await groups.CountAsync(null);
            most = Math.Max(most, counts.Active + counts.Quiet);
        }
        return new GroupCost(took, most);
    }

    private static HistoryBatch Batch(int batch, DateTimeOffset now)
    {
        AttemptRow[] rows = [.. Enumerable.Range(batch * PerBatch, PerBatch).Select(i => Failure(i, now))];
        return new HistoryBatch { Position = "", PositionAt = now, Events = rows.Length, Attempts = rows };
    }

    private static AttemptRow Failure(int number, DateTimeOffset at) => new()
    {
        EndedAt = at,
        Sequence = number,
        JobId = $"job-{number}",
        Type = "imports.run",
        Queue = "default",
        Worker = "web-1:1",
        Host = "web-1",
        Version = "2.1.0",
        Outcome = AttemptOutcome.Failed,
        Attempt = 1,
        ErrorType = "System.InvalidOperationException",
        ErrorMessage = "It is odd",
        Stack = $"   at Shop.Imports.Step{number}Async(Order order) in /src/Shop/Imports.cs:line 17\n   at Shop.Imports.RunAsync()",
        Failure = new FailureIdentity(Guid.NewGuid(), "It is odd", $"Shop.Imports.Step{number}Async"),
    };
}
