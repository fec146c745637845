using OpsConsole.Data.Figures;

namespace OpsConsole.Web.Live;

/// <summary>What happened in one step of a <see cref="Timeline"/>.</summary>
public sealed class TimeBucket
{
    private DurationHistogram? _waits;

    public long Succeeded { get; set; }
    /// <summary>Attempts that ended in an exception or with their worker, whatever came after.</summary>
    public long Failed { get; set; }
    public long Enqueued { get; set; }
    public long Started { get; set; }
    public double BusySum { get; set; }
    public double SlotSum { get; set; }
    public int Samples { get; set; }
    public long Ended => Succeeded + Failed;
    /// <summary>How long jobs waited that started in this step; null until one did.</summary>
    public DurationHistogram? Waits => _waits is { Count: > 0 } ? _waits : null;

    public void AddWait(double milliseconds) => (_waits ??= new DurationHistogram()).Add(milliseconds);

    public void Clear()
    {
        Succeeded = Failed = Enqueued = Started = Samples = 0;
        BusySum = SlotSum = 0;
        _waits?.Clear();
    }

    public void AddAll(TimeBucket other)
    {
        Succeeded += other.Succeeded;
        Failed += other.Failed;
        Enqueued += other.Enqueued;
        Started += other.Started;
        BusySum += other.BusySum;
        SlotSum += other.SlotSum;
        Samples += other.Samples;
        if (other.Waits is { } waits)
            (_waits ??= new DurationHistogram()).AddAll(waits);
    }
}
