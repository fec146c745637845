using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules;

/// <summary>What follows from the columns of an occurrence.</summary>
public static class OccurrenceFacts
{
    /// <summary>Something about it was missed, and nobody has acknowledged that.</summary>
    public static bool IsUnseenMiss(this Occurrence occurrence, Schedule schedule) =>
        occurrence.MissedAt is { } at && !(at <= schedule.MissedSeenThrough);

    /// <summary>From the start of the first attempt to the end of the last one; null while it runs.</summary>
    public static TimeSpan? RunTime(this Occurrence occurrence) =>
        occurrence is { StartedAt: { } start, EndedAt: { } end } && end >= start ? end - start : null;

    /// <summary>How long after it was due its job was in the queue; null: it has none.</summary>
    public static TimeSpan? Lateness(this Occurrence occurrence) =>
        occurrence.EnqueuedAt is { } at ? at > occurrence.DueAt ? at - occurrence.DueAt : TimeSpan.Zero : null;
}
