using OpsConsole.Data.Figures.OnTime;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Kpis;

/// <summary>
/// Planned runs by weekday and hour of a zone's clock. It is made of hours of UTC: where clocks differ from them by half an hour, each counts
/// into the hour that it begins in.
/// </summary>
public sealed class LateWeek
{
    // Fewer stand out from nothing.
    private const int FewestToStandOut = 2;
    private const int Named = 2;

    private readonly OnTimeTally[] _hours = new OnTimeTally[7 * 24];

    private LateWeek(IEnumerable<OnTimeHour> hours, TimeZoneInfo zone)
    {
        foreach (var hour in hours)
        {
            var local = TimeZoneInfo.ConvertTime(hour.Hour, zone);
            _hours[((int)local.DayOfWeek * 24) + local.Hour] += hour.Tally;
        }
    }

    public OnTimeTally this[DayOfWeek day, int hour] => _hours[((int)day * 24) + hour];

    public long Late => _hours.Sum(hour => hour.NotOnTime);

    public static LateWeek Of(IEnumerable<OnTimeHour> hours, TimeZoneInfo zone) => new(hours, zone);

    /// <summary>The hours that stand out, as a sentence; null when none does.</summary>
    public string? Words
    {
        get
        {
            var late = Late;
            // An hour stands out when it holds far more than its share of all hours of the week.
            var worst = Enumerable.Range(0, _hours.Length).Where(i => _hours[i].NotOnTime >= FewestToStandOut && _hours[i].NotOnTime * 10 >= late)
                .OrderByDescending(i => _hours[i].NotOnTime).ThenByDescending(i => _hours[i].NotOnTime / (double)_hours[i].Planned).ThenBy(i => i).Take(Named).ToList();
            var names = worst.Select(i => $"{(DayOfWeek)(i / 24)}s at {i % 24:00}:00 ({NumberText.Count(_hours[i].NotOnTime)} of {NumberText.Of(_hours[i].Planned, "planned run", "planned runs")})");
            return worst.Count switch { 0 => null, 1 => "One hour stands out: ", _ => "Two hours stand out: " } is { } begin ? begin + string.Join(" and ", names) + "." : null;
        }
    }
}
