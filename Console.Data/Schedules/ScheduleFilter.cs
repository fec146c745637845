using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

internal static class ScheduleFilter
{
    public static IQueryable<Schedule> Apply(IQueryable<Schedule> rows, ScheduleQuery query, DateTimeOffset now)
    {
        rows = rows.Where(s => s.DeletedAt == null);
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            var pattern = ScheduleText.Pattern(query.Text);
            rows = rows.Where(s => EF.Functions.Like(s.SearchText, pattern, "\\"));
        }
        if (StoredText.Clean(query.JobType, ScheduleLimits.JobType) is { Length: > 0 } type)
            rows = rows.Where(s => s.JobType == type);
        if (StoredText.Clean(query.Queue, ScheduleLimits.Queue) is { Length: > 0 } queue)
            rows = rows.Where(s => s.Queue == queue);
        if (StoredText.Clean(query.Tag, ScheduleLimits.Tag) is { Length: > 0 } tag)
            rows = rows.Where(s => s.Tags.Contains(tag));
        if (StoredText.Clean(query.Owner, ScheduleLimits.Owner) is { Length: > 0 } owner)
            rows = rows.Where(s => s.Owner == owner);
        if (StoredText.Clean(query.Source, ScheduleLimits.Source) is { Length: > 0 } source)
            rows = rows.Where(s => s.Source == source);
        if (query.LastOutcome is { } outcome)
            rows = rows.Where(s => s.Cursor!.LastOutcome == outcome);
        return query.State switch
        {
            ScheduleState.Paused => rows.Where(s => s.PausedAt != null && (s.PausedUntil == null || s.PausedUntil > now)),
            ScheduleState.Enabled => Running(rows, now).Where(s => s.Cursor!.NextDueAt != null || s.Cursor.Version < s.Version),
            ScheduleState.Ended => Running(rows, now).Where(s => s.Cursor!.NextDueAt == null && s.Cursor.Version >= s.Version),
            _ => rows,
        };
    }

    // A pause with an end is over then, whether or not somebody has cleared it away.
    private static IQueryable<Schedule> Running(IQueryable<Schedule> rows, DateTimeOffset now) =>
        rows.Where(s => s.PausedAt == null || s.PausedUntil <= now);
}
