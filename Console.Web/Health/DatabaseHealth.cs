using OpsConsole.Data;

namespace OpsConsole.Web.Health;

/// <summary>How PostgreSQL is: its size, and whether somebody takes all of its connections or holds a transaction open.</summary>
internal sealed class DatabaseHealth(DatabaseFactsReader reader)
{
    private const double ConnectionWarning = 0.85;
    private static readonly TimeSpan LongTransaction = TimeSpan.FromMinutes(30);

    public async Task<HealthFinding> ReadAsync(CancellationToken cancel)
    {
        var found = await reader.ReadAsync(cancel);
        var facts = new Dictionary<string, object?>
        {
            ["version"] = found.Version,
            ["bytes"] = found.Bytes,
            ["historyBytes"] = found.HistoryBytes,
            ["historyDays"] = found.HistoryDays,
            ["connections"] = found.Connections,
            ["maxConnections"] = found.MaxConnections,
            ["oldestTransactionSeconds"] = Math.Round(found.OldestTransaction.TotalSeconds, 1),
        };
        return new HealthFinding(facts)
            .Unless(found.Connections < found.MaxConnections * ConnectionWarning, HealthStatus.Degraded, $"{found.Connections} of {found.MaxConnections} connections are taken.")
            .Unless(found.OldestTransaction < LongTransaction, HealthStatus.Degraded, "A transaction has been open for more than 30 minutes; old rows cannot be cleaned up until it ends.");
    }
}
