namespace OpsConsole.Chaos;

/// <summary>What an experiment runs on.</summary>
/// <param name="LedgerRedis">The second Redis: it holds the ledger, and no experiment touches it otherwise.</param>
/// <param name="Postgres">Npgsql connection string of a role that may create databases.</param>
/// <param name="Folder">For data and logs; removed afterwards by whoever made it.</param>
/// <param name="Quick">Less time, fewer faults.</param>
internal sealed record ChaosSettings(string LedgerRedis, string Postgres, string Folder, bool Quick)
{
    public static ChaosSettings? FromEnvironment(bool quick) =>
        Value("OPS_REDIS") is { } redis && Value("OPS_POSTGRES") is { } postgres && Value("CHAOS_FOLDER") is { } folder ? new(redis, postgres, folder, quick) : null;

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
