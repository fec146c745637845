using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsConsole.Bench.Proxies;

/// <summary>Stands between a client and a Redis, and can be told to fail as networks do.</summary>
internal sealed partial class RedisProxy : IAsyncDisposable
{
    private readonly TcpProxy _proxy;

    /// <param name="redis">Connection string of the Redis behind it.</param>
    public RedisProxy(string redis)
    {
        var address = Address().Match(redis);
        _proxy = new TcpProxy(address.Groups[1].Value, int.Parse(address.Groups[2].Value, CultureInfo.InvariantCulture));
        ConnectionString = Address().Replace(redis, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_proxy.Port}"), 1);
    }

    /// <summary>That Redis by way of this proxy.</summary>
    public string ConnectionString { get; }

    public void Cut() => _proxy.Cut();

    public void HoldAnswers() => _proxy.HoldAnswers();

    public void Heal() => _proxy.Heal();

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [GeneratedRegex(@"([\w.\-]+):(\d+)")]
    private static partial Regex Address();
}
