namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>One rule of a timetable: a cron line, an interval, or the one-off moments.</summary>
internal abstract class MomentSource
{
    /// <summary>Beyond every moment.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The first moment at or after an instant, in ticks of UTC, and the local time that was meant by it.</summary>
    public abstract long First(long from, out long planned);

    /// <summary>
    /// The first local time that this names in a range (its end not included), if a change of the clocks has a say in it; null for rules that
    /// follow the clock as it goes.
    /// </summary>
    public virtual long? FixedTime(long from, long to) => null;
}
