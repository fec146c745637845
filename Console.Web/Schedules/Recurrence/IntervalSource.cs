using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>Elapsed time from the Unix epoch plus a phase; no clock on any wall matters to it.</summary>
internal sealed class IntervalSource(ScheduleInterval interval, ZoneClock clock) : MomentSource
{
    private readonly long period = interval.Seconds * TimeSpan.TicksPerSecond;
    private readonly long origin = DateTime.UnixEpoch.Ticks + interval.PhaseSeconds * TimeSpan.TicksPerSecond;

    public override long First(long from, out long planned)
    {
        var moment = from <= origin ? origin : origin + (from - origin + period - 1) / period * period;
        planned = clock.LocalAt(moment);
        return moment;
    }
}
