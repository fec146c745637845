using System.Text.Json;

namespace OpsConsole.Chaos.Fleet;

/// <summary>What a worker process is told; it travels as JSON in one environment variable.</summary>
/// <param name="Redis">Connection string of the Redis with the jobs.</param>
/// <param name="LedgerRedis">Connection string of the Redis with the ledger.</param>
/// <param name="LedgerName">Which ledger in it.</param>
/// <param name="Slots">Jobs at once.</param>
internal sealed record WorkerSettings(string Redis, string LedgerRedis, string LedgerName, int Slots)
{
    private const string Variable = "CHAOS_WORKER";

    /// <summary>Length of a lease in seconds; renewals and sweeps keep their share of it.</summary>
    public int LeaseSeconds { get; init; } = 15;

    public static WorkerSettings FromEnvironment() =>
        JsonSerializer.Deserialize<WorkerSettings>(Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException($"{Variable} is not set; a worker is started by an experiment."))!;

    public void WriteTo(IDictionary<string, string?> environment) => environment[Variable] = JsonSerializer.Serialize(this);
}
