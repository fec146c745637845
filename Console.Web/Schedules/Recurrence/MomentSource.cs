namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>One rule of a timetable: a cron line, an interval, or the one-off moments.</summary>
internal abstract class MomentSource
{
    /// <summary>Beyond every moment.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The first moment at or after an instant, in ticks of UTC, and the local time that was meant by it.</summary>
    public abstract long First(long from, out long planned);
}
