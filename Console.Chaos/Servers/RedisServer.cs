using System.Diagnostics;
using System.Globalization;
using OpsConsole.Bench;

namespace OpsConsole.Chaos.Servers;

/// <summary>The Redis that holds the jobs: a plain process, to be killed, frozen and started again on the same port and data.</summary>
internal sealed class RedisServer(string folder, IReadOnlyDictionary<string, string> options) : IAsyncDisposable
{
    private readonly int _port = LoopbackPort.Free();
    private Process? _process;

    public int Port => _port;

    /// <summary>How often a start has found half a transaction at the end of the append-only file, and cut it off.</summary>
    public int Mended { get; private set; }

    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public static async Task<RedisServer> StartNewAsync(ChaosSettings settings, IReadOnlyDictionary<string, string>? options = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(settings.Folder, "redis-" + Guid.NewGuid().ToString("N")[..8]));
        var server = new RedisServer(folder.FullName, options ?? new Dictionary<string, string>());
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it and waits until it answers, its data loaded.</summary>
    public async Task StartAsync()
    {
        await MendAsync();
        string[] arguments =
        [
            "--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes", "--maxmemory-policy", "noeviction",
            .. options.SelectMany(option => new[] { "--" + option.Key, option.Value }),
        ];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }
        throw new InvalidOperationException($"redis-server on port {_port} ended before it was ready.");
    }

    // Redis itself cuts off half a command and leaves the commands before it in the file, which it does together with the next
    // transaction when it is started once more; docs/operations.md says so, and what to do.
    private async Task MendAsync()
    {
        if (Directory.EnumerateFiles(folder, "*.manifest", SearchOption.AllDirectories).FirstOrDefault() is not { } manifest)
            return;
        using var check = Process.Start(new ProcessStartInfo("redis-check-aof", ["--fix", manifest]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await check.StandardInput.WriteLineAsync("y");
        check.StandardInput.Close();
        if ((await check.StandardOutput.ReadToEndAsync()).Contains("Successfully truncated", StringComparison.Ordinal))
            Mended++;
        await check.WaitForExitAsync();
    }

    /// <summary>Ends it at once, as a lost machine does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Stops it where it stands; its connections stay open.</summary>
    public Task FreezeAsync() => Signal.SendAsync(_process!.Id, "STOP");

    public Task ThawAsync() => Signal.SendAsync(_process!.Id, "CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        Directory.Delete(folder, recursive: true);
    }
}
