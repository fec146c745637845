using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OpsConsole.Web.Telemetry;

/// <summary>This process, under the names that every Prometheus client library uses.</summary>
internal sealed class ProcessMeters
{
    private const string OpenFiles = "/proc/self/fd";

    public ProcessMeters(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryServices.Meter);
        var version = typeof(ProcessMeters).Assembly.GetName().Version?.ToString(3) ?? "";
        meter.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time used, user and system.");
        meter.CreateObservableGauge("process.resident_memory", () => Environment.WorkingSet, "By", "Resident memory.");
        meter.CreateObservableGauge("process.start_time", () => StartedAt, "s", "When the process started, since the Unix epoch.");
        meter.CreateObservableGauge("process.num_threads", Threads, null, "Threads of the operating system.");
        meter.CreateObservableGauge("process.open_fds", Files, null, "Open file descriptors.");
        meter.CreateObservableGauge("opsconsole.info", () => new Measurement<long>(1, new KeyValuePair<string, object?>("version", version)), null, "Version of the console.");
    }

    private static double StartedAt { get; } = ((DateTimeOffset)Process.GetCurrentProcess().StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1_000d;

    private static long Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }

    // Only Linux says it this way; elsewhere there is no such series.
    private static IEnumerable<Measurement<long>> Files() =>
        Directory.Exists(OpenFiles) ? [new Measurement<long>(Directory.EnumerateFileSystemEntries(OpenFiles).LongCount())] : [];
}
