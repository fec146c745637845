using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

/// <summary>What the tests of recurrence write often.</summary>
internal static class Timetables
{
    public static readonly IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> NoCalendars = new Dictionary<string, IReadOnlySet<DateOnly>>();

    public static Timetable Of(ScheduleTiming timing, IReadOnlyDictionary<string, IReadOnlySet<DateOnly>>? calendars = null)
    {
        var result = Timetable.Compile(timing, calendars ?? NoCalendars);
        Assert.Empty(result.Problems);
        return result.Timetable!;
    }

    public static Timetable Of(string zone, params string[] cron) => Of(new ScheduleTiming { TimeZone = zone, Cron = cron });

    /// <summary>Moments from (included) to (not included), all in UTC.</summary>
    public static IReadOnlyList<string> Utc(this Timetable timetable, string from, string to) =>
        [.. timetable.Between(At(from), At(to), 1_000).Select(moment => moment.NominalAt.ToString("yyyy-MM-dd HH:mm", null))];

    public static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc + "Z", null);
}
