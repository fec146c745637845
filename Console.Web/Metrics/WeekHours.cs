using OpsConsole.Data.Figures;

namespace OpsConsole.Web.Metrics;

/// <summary>The hours of a stretch of time that fall on an hour of the week by a zone's clock, counted as the figures count them.</summary>
public sealed class WeekHours(DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone)
{
    /// <summary>Most hours that a search names; of more the newest are taken. Each cell of the map carries such a search.</summary>
    public const int Most = 5;

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1), s_day = TimeSpan.FromDays(1);

    /// <summary>Begins of the hours, the newest first.</summary>
    public IReadOnlyList<DateTimeOffset> Of(DayOfWeek day, int hour)
    {
        var hours = new List<DateTimeOffset>();
        // Clocks go forward and back by less than a day, so that the search for an hour can go by days.
        for (var at = FigureGrain.Hour.Floor(until); at >= FigureGrain.Hour.Floor(from) && hours.Count < Most;)
        {
            var local = TimeZoneInfo.ConvertTime(at, zone);
            if (local.DayOfWeek == day && local.Hour == hour && at < until)
                hours.Add(at);
            at -= local.DayOfWeek == day || TimeZoneInfo.ConvertTime(at - s_day, zone).DayOfWeek == day ? s_hour : s_day;
        }
        return hours;
    }
}
