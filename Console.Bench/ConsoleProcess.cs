using System.Diagnostics;
using System.Globalization;
using OpsConsole.Bench.Profiles;

namespace OpsConsole.Bench;

/// <summary>What a console of a scenario runs on.</summary>
/// <param name="Redis">StackExchange.Redis connection string.</param>
/// <param name="Prefix">Before every key.</param>
/// <param name="Postgres">Npgsql connection string of its database.</param>
internal sealed record ConsoleSettings(string Redis, string Prefix, string Postgres)
{
    /// <summary>Further options, by the names of environment variables.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}

/// <summary>The console as a process of its own, with a first administrator.</summary>
internal sealed class ConsoleProcess(Process process, string address) : IAsyncDisposable
{
    public const string Email = "bench@example.org";
    public static readonly string Password = "Bench-" + Guid.NewGuid().ToString("N");
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    /// <summary>Where its program lies: built together with this one, and so of the same configuration.</summary>
    public static readonly string Folder = Environment.GetEnvironmentVariable("OPS_BENCH_CONSOLE") ?? Path.GetFullPath(AppContext.BaseDirectory
        .Replace("Console.Bench", "Console.Web", StringComparison.Ordinal).Replace("Console.Chaos", "Console.Web", StringComparison.Ordinal));

    public string Address => address;

    public int ProcessId => process.Id;

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory now, in MB.</summary>
    public double MemoryMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Starts a console and waits until it answers.</summary>
    public static async Task<ConsoleProcess> StartAsync(ConsoleSettings settings)
    {
        var console = Launch(settings);
        await console.ReadyAsync();
        return console;
    }

    /// <summary>Starts a console without waiting for it.</summary>
    public static ConsoleProcess Launch(ConsoleSettings settings)
    {
        var address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder, "OpsConsole.Web.dll")]) { WorkingDirectory = Folder, RedirectStandardOutput = true };
        foreach (var (name, value) in (IEnumerable<(string, string)>)
        [
            ("Jobs__Redis", settings.Redis), ("Jobs__Prefix", settings.Prefix), ("Database__ConnectionString", settings.Postgres), ("ASPNETCORE_URLS", address),
            ("OPS_ADMIN_EMAIL", Email), ("OPS_ADMIN_PASSWORD", Password), ("Log__Folder", Path.Combine(Path.GetTempPath(), "ops-bench-logs")),
            .. settings.Options.Select(option => (option.Key, option.Value)),
        ])
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new ConsoleProcess(process, address);
    }

    /// <summary>Waits until the console answers.</summary>
    /// <exception cref="InvalidOperationException">It has ended, or takes too long.</exception>
    public async Task ReadyAsync()
    {
        using var http = new HttpClient();
        var ready = await Waiting.TryUntilAsync(StartLimit, async () => process.HasExited || await AnswersAsync(http), pause: TimeSpan.FromMilliseconds(200));
        if (ready is null || process.HasExited)
            throw new InvalidOperationException(ready is null ? $"The console at {address} did not become ready within {StartLimit.TotalSeconds:0} s."
                : $"The console at {address} ended with {process.ExitCode} before it was ready.");
        await Profiling.FollowAsync(process.Id, "console");
    }

    /// <summary>Ends it at once, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            await Profiling.LetGoAsync(process.Id);
            process.Kill(entireProcessTree: true);
        }
        await process.WaitForExitAsync();
    }

    /// <summary>Stops it where it stands, as a machine that hangs does.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on after <see cref="FreezeAsync"/>.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync(new Uri(address + "/health/ready"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
