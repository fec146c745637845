using System.Diagnostics;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Jobs.Worker;

/// <summary>Reads how this process is. Processor time is measured between two reads.</summary>
internal sealed class VitalsReader(IReadOnlyList<WorkerPool> pools, TimeProvider time)
{
    private TimeSpan _processorTime = Environment.CpuUsage.TotalTime;
    private long _readAt = Stopwatch.GetTimestamp();

    public WorkerVitals Read()
    {
        var memory = GC.GetGCMemoryInfo();
        using var process = Process.GetCurrentProcess();
        return new WorkerVitals
        {
            At = time.GetUtcNow(),
            CpuPercent = ProcessorPercent(),
            WorkingSetBytes = Environment.WorkingSet,
            Threads = process.Threads.Count,
            HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            Gen2Collections = GC.CollectionCount(2),
            GcPausePercent = memory.PauseTimePercentage,
            Busy = pools.Sum(pool => pool.Busy),
            Ended = pools.Sum(pool => pool.EndedTotal),
        };
    }

    private double ProcessorPercent()
    {
        var used = Environment.CpuUsage.TotalTime;
        var elapsed = Stopwatch.GetElapsedTime(_readAt);
        var percent = elapsed > TimeSpan.Zero ? (used - _processorTime) / elapsed * 100 : 0;
        (_processorTime, _readAt) = (used, Stopwatch.GetTimestamp());
        return Math.Round(percent, 1);
    }
}
