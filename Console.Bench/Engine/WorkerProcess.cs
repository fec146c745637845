using System.Diagnostics;
using System.Globalization;
using OpsConsole.Bench.Profiles;

namespace OpsConsole.Bench.Engine;

/// <summary>What a worker process has used so far.</summary>
internal readonly record struct WorkerFigures(double ProcessorSeconds, double AllocatedBytes, long Jobs)
{
    public static WorkerFigures operator +(WorkerFigures one, WorkerFigures other) =>
        new(one.ProcessorSeconds + other.ProcessorSeconds, one.AllocatedBytes + other.AllocatedBytes, one.Jobs + other.Jobs);

    public static WorkerFigures operator -(WorkerFigures one, WorkerFigures other) =>
        new(one.ProcessorSeconds - other.ProcessorSeconds, one.AllocatedBytes - other.AllocatedBytes, one.Jobs - other.Jobs);
}

/// <summary>A worker in a process of its own. Each line sent to it is answered by its figures; it ends when its input does.</summary>
internal sealed class WorkerProcess(Process process) : IAsyncDisposable
{
    /// <summary>First argument of a process that is a worker.</summary>
    public const string Verb = "--worker";

    public static WorkerProcess Start(BenchSettings settings, string prefix, int slots)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WorkerProcess).Assembly.Location, Verb, prefix, slots.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OPS_REDIS"] = settings.Redis;
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>The worker's side.</summary>
    public static async Task<int> ServeAsync(string prefix, int slots)
    {
        var settings = new BenchSettings(Environment.GetEnvironmentVariable("OPS_REDIS")!, "", Quick: false);
        await using var worker = await BenchHost.StartAsync(settings, prefix, slots);
        await worker.AnnouncedAsync();
        await SayAsync();
        while (await Console.In.ReadLineAsync() is not null)
            await SayAsync();
        return 0;
    }

    /// <summary>Completes when the worker takes jobs.</summary>
    public Task ReadyAsync() => ReadAsync();

    /// <summary>What it does from now on is measured.</summary>
    public Task FollowAsync(string label) => Profiling.FollowAsync(process.Id, label);

    public async Task<WorkerFigures> FiguresAsync()
    {
        await process.StandardInput.WriteLineAsync("figures");
        await process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Profiling.LetGoAsync(process.Id);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Task SayAsync() => Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
        $"{Environment.CpuUsage.TotalTime.TotalSeconds} {GC.GetTotalAllocatedBytes(precise: true)} {BenchJobs.Done}"));

    private async Task<WorkerFigures> ReadAsync()
    {
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The worker process has ended.");
        var figures = line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new WorkerFigures(figures[0], figures[1], (long)figures[2]);
    }
}
