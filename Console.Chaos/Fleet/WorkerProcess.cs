using System.Diagnostics;
using OpsConsole.Chaos.Servers;

namespace OpsConsole.Chaos.Fleet;

/// <summary>One worker, as a process of its own.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly WorkerLogFile _log;

    private WorkerProcess(Process process, WorkerLogFile log, IReadOnlyDictionary<string, string>? environment) => (_process, _log, Id, Environment) = (process, log, process.Id, environment);

    public int Id { get; }

    /// <summary>Variables that it was given beyond its settings.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; }

    /// <summary>What the connections of a worker are called in Redis.</summary>
    public static string ConnectionName(int processId) => $"chaos-worker-{processId}";

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a worker without waiting for it.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="logFolder">Where its log goes.</param>
    /// <param name="environment">Further variables.</param>
    public static WorkerProcess Start(WorkerSettings settings, string logFolder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "OpsConsole.Chaos.dll"), "worker"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        settings.WriteTo(start.Environment);
        // A killed process should leave nothing behind for the next hundred.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var log = new WorkerLogFile(Path.Combine(logFolder, $"worker-{process.Id}.log"));
        process.OutputDataReceived += (_, line) => log.Write(line.Data);
        process.ErrorDataReceived += (_, line) => log.Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new WorkerProcess(process, log, environment);
    }

    /// <summary>Ends it at once, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops it where it stands, as a machine that hangs does.</summary>
    public Task FreezeAsync() => Signal.SendAsync(Id, "STOP");

    public Task ThawAsync() => Signal.SendAsync(Id, "CONT");

    /// <summary>Threads that it has now.</summary>
    public int Threads
    {
        get
        {
            _process.Refresh();
            return _process.Threads.Count;
        }
    }

    /// <summary>Resident memory now, in MB.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Lines of its log so far that hold a text.</summary>
    public int CountInLog(string text) => _log.Count(text);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _log.Dispose();
    }
}
