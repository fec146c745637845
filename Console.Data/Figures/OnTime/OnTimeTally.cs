namespace OpsConsole.Data.Figures.OnTime;

/// <summary>What became of the planned moments of schedules. Manual runs, backfills, and what was skipped or paused on purpose are not in it.</summary>
/// <param name="OnTime">The job was in its queue within the grace of its moment.</param>
/// <param name="Late">It was there later.</param>
/// <param name="Missed">The moment passed without a job.</param>
/// <param name="NotMade">No job could be made.</param>
/// <param name="DeadlinesMet">Moments with a deadline whose job had succeeded by then.</param>
/// <param name="DeadlinesMissed">Moments with a deadline whose job had not: too late, failed, or never made.</param>
public readonly record struct OnTimeTally(long OnTime, long Late, long Missed, long NotMade, long DeadlinesMet, long DeadlinesMissed)
{
    /// <summary>Moments that count.</summary>
    public long Planned => OnTime + Late + Missed + NotMade;

    public long NotOnTime => Late + Missed + NotMade;

    /// <summary>Share of <see cref="Planned"/> that was on time; null when nothing was planned.</summary>
    public double? OnTimeShare => Planned == 0 ? null : (double)OnTime / Planned;

    public long Deadlines => DeadlinesMet + DeadlinesMissed;

    /// <summary>Share of <see cref="Deadlines"/> that was met; null when there were none.</summary>
    public double? DeadlineShare => Deadlines == 0 ? null : (double)DeadlinesMet / Deadlines;

    public static OnTimeTally operator +(OnTimeTally a, OnTimeTally b) => new(
        a.OnTime + b.OnTime, a.Late + b.Late, a.Missed + b.Missed, a.NotMade + b.NotMade, a.DeadlinesMet + b.DeadlinesMet, a.DeadlinesMissed + b.DeadlinesMissed);
}

/// <summary>All schedules in one hour.</summary>
public sealed record OnTimeHour(DateTimeOffset Hour, OnTimeTally Tally);

/// <summary>One schedule over a range.</summary>
public sealed record ScheduleOnTime(Guid ScheduleId, string Name, string Owner, OnTimeTally Tally);
