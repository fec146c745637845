using OpsConsole.Bench;

namespace OpsConsole.Chaos;

/// <summary>What an experiment runs on.</summary>
/// <param name="LedgerRedis">The second Redis: it holds the ledger, and no experiment touches it otherwise.</param>
/// <param name="Postgres">Npgsql connection string of a role that may create databases.</param>
/// <param name="Folder">For data and logs; removed afterwards by whoever made it.</param>
/// <param name="Quick">Less time, fewer faults, and no goal that hangs on the speed of the machine.</param>
/// <param name="Seed">Decides whatever is left to chance and can be repeated.</param>
internal sealed record ChaosSettings(string LedgerRedis, string Postgres, string Folder, bool Quick, int Seed)
{
    public static ChaosSettings? FromEnvironment(bool quick, int seed) =>
        Value("OPS_REDIS") is { } redis && Value("OPS_POSTGRES") is { } postgres && Value("CHAOS_FOLDER") is { } folder ? new(redis, postgres, folder, quick, seed) : null;

    /// <summary>
    /// A figure whose goal hangs on how fast the machine is. The short form tells it and asks nothing of it: it runs beside others, and on
    /// machines that have other work to do.
    /// </summary>
    public Figure Timed(string name, double value, double? atLeast = null, double? atMost = null) =>
        Quick ? new Figure(name, value) : new Figure(name, value, atLeast, atMost);

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
