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
    // Of all that was late, as if every hour of the week had as much.
    private const int TimesItsShare = 5;
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

    /// <summary>The times that stand out, as a sentence; null when none does.</summary>
    public string? Words
    {
        get
        {
            var times = Enumerable.Range(0, 24).SelectMany(TimesAt).OrderByDescending(time => time.Tally.NotOnTime).Take(Named)
                .Select(time => $"{time.Name} ({NumberText.Count(time.Tally.NotOnTime)} of {NumberText.Of(time.Tally.Planned, "planned run", "planned runs")})").ToList();
            return times.Count switch { 0 => null, 1 => "One time stands out: ", _ => "Two times stand out: " } is { } begin ? begin + string.Join(" and ", times) + "." : null;
        }
    }

    /// <summary>An hour that stands out on many days is one time; else each day is one of its own.</summary>
    private IEnumerable<(string Name, OnTimeTally Tally)> TimesAt(int hour)
    {
        var days = Enum.GetValues<DayOfWeek>().Where(day => StandsOut(this[day, hour])).ToList();
        OnTimeTally Sum() => days.Aggregate(default(OnTimeTally), (sum, day) => sum + this[day, hour]);
        if (days.Count == 7)
            return [($"every day at {hour:00}:00", Sum())];
        if (days.Count == 5 && !days.Contains(DayOfWeek.Saturday) && !days.Contains(DayOfWeek.Sunday))
            return [($"weekdays at {hour:00}:00", Sum())];
        return days.Select(day => ($"{day}s at {hour:00}:00", this[day, hour]));
    }

    private bool StandsOut(OnTimeTally hour) => hour.NotOnTime >= FewestToStandOut && hour.NotOnTime * _hours.Length >= Late * TimesItsShare;
}
