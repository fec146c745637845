using System.Reflection;
using StackExchange.Redis;

namespace OpsConsole.Chaos.Ledger;

/// <summary>What a job says to the ledger, from a worker process.</summary>
public sealed class LedgerWriter(IDatabase database, string name, string holder)
{
    private static readonly string s_script = ReadScript();
    private readonly RedisKey[] _keys = [name + ":tokens", name + ":entries"];

    /// <summary>An attempt begins.</summary>
    /// <returns>False when its token is stale.</returns>
    public Task<bool> BeginAsync(string job, int token) => WriteAsync("begin", job, token);

    /// <summary>An attempt has its effect.</summary>
    /// <returns>False when its token is stale: nothing has been done then.</returns>
    public Task<bool> EffectAsync(string job, int token) => WriteAsync("effect", job, token);

    private async Task<bool> WriteAsync(string what, string job, int token) =>
        (int)await database.ScriptEvaluateAsync(s_script, _keys, [what, job, token, holder]) == 1;

    private static string ReadScript()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("ledger.lua")!);
        return reader.ReadToEnd();
    }
}
