using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OpsConsole.Bench.EventToPage;

/// <summary>The console as a process of its own, with a first administrator.</summary>
internal sealed class ConsoleProcess(Process process, string address) : IAsyncDisposable
{
    public const string Email = "bench@example.org";
    public static readonly string Password = "Bench-" + Guid.NewGuid().ToString("N");
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    // Built together with this program, and so of the same configuration.
    private static readonly string Folder = Path.GetFullPath(AppContext.BaseDirectory.Replace("Console.Bench", "Console.Web", StringComparison.Ordinal));

    public string Address => address;

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<ConsoleProcess> StartAsync(string redis, string prefix)
    {
        var postgres = Environment.GetEnvironmentVariable("OPS_POSTGRES")
            ?? throw new InvalidOperationException("OPS_POSTGRES is not set; it is the connection string of a PostgreSQL that the console may use. ./bench.sh starts one and sets it.");
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder, "OpsConsole.Web.dll")]) { WorkingDirectory = Folder, RedirectStandardOutput = true };
        foreach (var (name, value) in (IEnumerable<(string, string)>)
        [
            ("Jobs__Redis", redis), ("Jobs__Prefix", prefix), ("Database__ConnectionString", postgres), ("ASPNETCORE_URLS", address),
            ("OPS_ADMIN_EMAIL", Email), ("OPS_ADMIN_PASSWORD", Password), ("Log__Folder", Path.Combine(Path.GetTempPath(), "ops-bench-logs")),
        ])
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var console = new ConsoleProcess(process, address);
        await console.ReadyAsync();
        return console;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task ReadyAsync()
    {
        using var http = new HttpClient();
        var since = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(http))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(since) > StartLimit)
                throw new InvalidOperationException($"The console at {address} did not become ready within {StartLimit.TotalSeconds:0} s.");
            await Task.Delay(200);
        }
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
