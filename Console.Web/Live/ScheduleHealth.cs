using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Live;

/// <summary>Whether the schedules are run, and what went wrong with them lately.</summary>
public sealed record ScheduleHealth
{
    public static ScheduleHealth Empty { get; } = new();

    /// <summary>Who runs the schedules; null before the first reading.</summary>
    public RunnerHealth? Runner { get; init; }

    /// <summary>Whether there is anything to run.</summary>
    public bool HasWork { get; init; }

    public OverduePage Overdue { get; init; } = new([], 0);

    public MissedPage Missed { get; init; } = new([], 0);

    /// <summary>Schedules that have paused themselves.</summary>
    public PausedPage Paused { get; init; } = new([], 0);

    /// <summary>What of this needs a person, worst first.</summary>
    public IReadOnlyList<AttentionItem> Attention { get; init; } = [];

    /// <summary>There is something to run, and nobody has run it for longer than a change of runners takes.</summary>
    public bool IsUnattended { get; init; }
}

/// <summary>The console process that runs the schedules, or did last.</summary>
/// <param name="Holder">Machine, process and a random part; empty when the last one has let go, or there was none.</param>
/// <param name="Epoch">How often the schedules were taken over; 0: never yet.</param>
/// <param name="Schedules">Schedules that it has in memory and that have a next moment.</param>
/// <param name="HeardAt">Its last sign of life, by the clock of this console.</param>
/// <param name="GoneAt">Since when nobody runs them, by the clock of this console; null while somebody does.</param>
/// <param name="HangsSince">When its loop last came round, if that was long ago although it gives signs of life.</param>
public sealed record RunnerHealth(string Holder, long Epoch, int Schedules, DateTimeOffset HeardAt, DateTimeOffset? GoneAt, DateTimeOffset? HangsSince)
{
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(30);

    public bool IsAlive => GoneAt is null;

    /// <summary>Machine and process, without the random part.</summary>
    public string Name => Holder.LastIndexOf(':') is var end and > 0 ? Holder[..end] : Holder;

    public static RunnerHealth Of(RunnerLease lease, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var behind = now - lease.ReadAt;
        var isAlive = lease.Holder.Length > 0 && lease.ExpiresAt > lease.ReadAt;
        var isHanging = isAlive && lease.TickedAt is { } tick && now - tick > HangsAfter;
        return new RunnerHealth(lease.Holder, lease.Epoch, lease.Schedules, Here(lease.RenewedAt, behind), isAlive ? null : Here(lease.ExpiresAt, behind), isHanging ? lease.TickedAt : null);
    }

    /// <summary>A lease that nobody has held yet begins before all time, which no clock can be put back from.</summary>
    private static DateTimeOffset Here(DateTimeOffset at, TimeSpan behind) => at.UtcTicks + behind.Ticks < 0 ? at : at + behind;
}
