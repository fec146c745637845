using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.List;

/// <summary>One schedule as a list shows it.</summary>
/// <param name="Schedule">As stored.</param>
/// <param name="When">Its timing in words.</param>
/// <param name="Standing">How it stands at the moment of reading.</param>
/// <param name="Recent">Its newest occurrences, oldest first.</param>
/// <param name="HasDrifted">An operator has changed what a file is the source of.</param>
public sealed record ScheduleRow(Schedule Schedule, string When, ScheduleStanding Standing, IReadOnlyList<Occurrence> Recent, bool HasDrifted)
{
    public Guid Id => Schedule.Id;

    public Occurrence? Last => Recent.Count > 0 ? Recent[^1] : null;

    /// <summary>When it starts next; null: it will not, or not by itself.</summary>
    public DateTimeOffset? NextAt => Standing is ScheduleStanding.On or ScheduleStanding.Overdue ? Schedule.Cursor?.NextDueAt ?? Schedule.Cursor?.NextNominalAt : null;

    /// <summary>Missed ones among the newest that nobody has acknowledged.</summary>
    public int Missed => Recent.Count(one => one.IsUnseenMiss(Schedule));
}
