using OpsConsole.Data.Schedules;

namespace OpsConsole.Bench.Schedules;

/// <summary>Many schedules of one period on one console, with a worker that runs what they make.</summary>
internal sealed class FleetRun(BenchSettings settings, int schedules, int minutes) : IAsyncDisposable
{
    public const int PeriodSeconds = 60;
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(15);
    private ScheduleSpace? _space;

    /// <summary>Resident memory of a console without schedules, in MB.</summary>
    public double IdleMegabytes { get; private set; }

    /// <summary>From taking the lease to the first fire, for which all schedules have to be in memory.</summary>
    public double LoadSeconds { get; private set; }

    /// <summary>Median of the resident memory while all fire, in MB.</summary>
    public double BusyMegabytes { get; private set; }

    public double PeakMegabytes { get; private set; }

    public double ConsoleProcessorPercent { get; private set; }

    /// <summary>Planned moments in the measured time, by arithmetic.</summary>
    public long Expected => (long)schedules * minutes;

    public long Ran { get; private set; }

    public (double P50, double P99, double Max) LateMilliseconds { get; private set; }

    /// <summary>Median and slowest of the edits that were made meanwhile.</summary>
    public (double Median, double Max) EditMilliseconds { get; private set; }

    public double FiresPerSecond { get; private set; }

    public async Task RunAsync()
    {
        _space = await ScheduleSpace.OpenAsync(settings);
        await MeasureIdleAsync(_space);
        // Phases spread the schedules over the period, second by second.
        await _space.ImportAsync(Enumerable.Range(0, schedules).Select(i => ScheduleSpace.Every($"every minute {i}", PeriodSeconds, i % PeriodSeconds)));
        await using var console = ConsoleProcess.Launch(_space.Console);
        await console.ReadyAsync();
        LoadSeconds = await LoadedAsync(_space);
        await MeasureFiresAsync(_space, console);
    }

    public async ValueTask DisposeAsync()
    {
        if (_space is not null)
            await _space.DisposeAsync();
    }

    private async Task MeasureIdleAsync(ScheduleSpace space)
    {
        await using var console = await ConsoleProcess.StartAsync(space.Console);
        await Task.Delay(SettleTime);
        IdleMegabytes = console.MemoryMegabytes;
    }

    /// <summary>With something due in every second, the first row of the ledger follows the load at once.</summary>
    private static async Task<double> LoadedAsync(ScheduleSpace space)
    {
        var milliseconds = -1L;
        await Waiting.UntilAsync("a schedule has fired", TimeSpan.FromMinutes(3), async () => (milliseconds = await space.Ledger.NumberAsync("""
            SELECT coalesce((SELECT (extract(epoch FROM min(o."RecordedAt") - l."AcquiredAt") * 1000)::bigint
                             FROM "RunnerLease" l JOIN "Occurrences" o ON o."RecordedAt" > l."AcquiredAt" GROUP BY l."AcquiredAt"), -1)
            """)) >= 0, pause: TimeSpan.FromMilliseconds(20));
        return milliseconds / 1000.0;
    }

    private async Task MeasureFiresAsync(ScheduleSpace space, ConsoleProcess console)
    {
        // What fell due while the console was off comes first, and is not part of the measured time.
        var from = Clock.NextSecond().AddSeconds(PeriodSeconds);
        var to = from.AddMinutes(minutes);
        await Clock.UntilAsync(from);
        var processor = console.ProcessorTime;
        var memory = new List<double>();
        var edits = new EditProbe(space);
        while (DateTimeOffset.UtcNow < to)
        {
            memory.Add(console.MemoryMegabytes);
            await edits.MakeAsync();
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
        var seconds = (DateTimeOffset.UtcNow - from).TotalSeconds;
        ConsoleProcessorPercent = (console.ProcessorTime - processor).TotalSeconds / seconds * 100;
        await Task.Delay(TimeSpan.FromSeconds(5));
        (BusyMegabytes, PeakMegabytes) = (Percentile.Of(memory, 0.5), memory.Max());
        EditMilliseconds = (Percentile.Of(edits.Milliseconds, 0.5), edits.Milliseconds.Max());
        (Ran, var p50, var p99, var max) = await space.Ledger.LatenessAsync(from, to);
        LateMilliseconds = (p50, p99, max);
        FiresPerSecond = Ran / (to - from).TotalSeconds;
    }
}
