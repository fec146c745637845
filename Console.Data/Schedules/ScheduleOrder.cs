using System.Globalization;

namespace OpsConsole.Data.Schedules;

/// <summary>Orders of the list, and where its next page begins: behind the sort value and the id of the last row.</summary>
internal static class ScheduleOrder
{
    private const char Between = '~';

    public static IQueryable<Schedule> Apply(IQueryable<Schedule> rows, ScheduleQuery query)
    {
        var (value, id) = Split(query.After);
        return query.Sort switch
        {
            ScheduleSort.Next => Next(rows, id is null ? null : (Time(value), id.Value)),
            ScheduleSort.Last => Last(rows, id is null ? null : (Time(value), id.Value)),
            _ => Name(rows, id is null ? null : value),
        };
    }

    public static string After(Schedule last, ScheduleSort sort) => sort switch
    {
        ScheduleSort.Next => Ticks(last.Cursor?.NextDueAt) + Between + last.Id.ToString("N"),
        ScheduleSort.Last => Ticks(last.Cursor?.LastNominalAt) + Between + last.Id.ToString("N"),
        _ => last.NameKey + Between + last.Id.ToString("N"),
    };

    private static IQueryable<Schedule> Name(IQueryable<Schedule> rows, string? after)
    {
        if (after is not null)
            rows = rows.Where(s => s.NameKey.CompareTo(after) > 0);
        return rows.OrderBy(s => s.NameKey);
    }

    // Those without a next moment come last; PostgreSQL has nulls last when it sorts upwards.
    private static IQueryable<Schedule> Next(IQueryable<Schedule> rows, (DateTimeOffset? At, Guid Id)? after)
    {
        if (after is { At: { } at, Id: var id })
            rows = rows.Where(s => s.Cursor!.NextDueAt == null || s.Cursor.NextDueAt > at || (s.Cursor.NextDueAt == at && s.Id > id));
        else if (after is { Id: var behind })
            rows = rows.Where(s => s.Cursor!.NextDueAt == null && s.Id > behind);
        return rows.OrderBy(s => s.Cursor!.NextDueAt).ThenBy(s => s.Id);
    }

    private static IQueryable<Schedule> Last(IQueryable<Schedule> rows, (DateTimeOffset? At, Guid Id)? after)
    {
        if (after is { At: { } at, Id: var id })
            rows = rows.Where(s => s.Cursor!.LastNominalAt == null || s.Cursor.LastNominalAt < at || (s.Cursor.LastNominalAt == at && s.Id > id));
        else if (after is { Id: var behind })
            rows = rows.Where(s => s.Cursor!.LastNominalAt == null && s.Id > behind);
        return rows.OrderBy(s => s.Cursor!.LastNominalAt == null).ThenByDescending(s => s.Cursor!.LastNominalAt).ThenBy(s => s.Id);
    }

    // A place that nobody of this version wrote is the beginning: a link with it still shows the list.
    private static (string Value, Guid? Id) Split(string? after)
    {
        after = StoredText.Clean(after, ScheduleLimits.Name * 3);
        var at = after?.LastIndexOf(Between) ?? -1;
        return at >= 0 && Guid.TryParse(after.AsSpan(at + 1), out var id) ? (after![..at], id) : ("", null);
    }

    private static string Ticks(DateTimeOffset? at) => at?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "";

    private static DateTimeOffset? Time(string ticks) =>
        long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var t) && t <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(t, TimeSpan.Zero) : null;
}
