using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>Turns plain words such as "weekdays at 9" or "28th of every month at 2:30" into a cron line.</summary>
public static partial class CronPhrase
{
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The cron line that the words mean, or null when they are no such words.</summary>
    public static string? ToCron(string text)
    {
        var words = Spaces().Replace(text.Trim().ToLowerInvariant(), " ").TrimEnd('.');
        if (words.Length is 0 or > 120) return null;
        if (Often(words) is { } often) return often;
        var (when, time) = Split(words);
        return time is { } at && DaysOf(when) is { } days ? string.Create(CultureInfo.InvariantCulture, $"{at.Minute} {at.Hour} {days}") : null;
    }

    private static string? Often(string words)
    {
        if (words is "every minute" or "each minute") return "* * * * *";
        if (words is "every half hour" or "half-hourly") return "*/30 * * * *";
        if (EveryHour().Match(words) is { Success: true } hour)
            return hour.Groups["minute"] is { Success: true } minute ? Number(minute.Value, 0, 59) is { } at ? $"{at} * * * *" : null : "0 * * * *";
        if (EveryCount().Match(words) is not { Success: true } every) return null;
        var isHours = every.Groups["unit"].Value.StartsWith('h');
        // A step that does not divide its whole starts anew there: that is no "every".
        if (Number(every.Groups["count"].Value, 1, isHours ? 23 : 59) is not { } count || (isHours ? 24 : 60) % count != 0) return null;
        return isHours ? $"0 */{count} * * *" : $"*/{count} * * * *";
    }

    private static (string When, TimeOnly? Time) Split(string words)
    {
        var match = At().Match(words);
        if (!match.Success) return (words, TimeOnly.MinValue);
        var rest = (words[..match.Index] + words[(match.Index + match.Length)..]).Trim();
        return (rest, TimeOf(match));
    }

    private static TimeOnly? TimeOf(Match match)
    {
        if (match.Groups["word"].Success) return match.Groups["word"].Value == "noon" ? new TimeOnly(12, 0) : TimeOnly.MinValue;
        var half = match.Groups["half"].Value;
        if (Number(match.Groups["hour"].Value, half.Length > 0 ? 1 : 0, half.Length > 0 ? 12 : 23) is not { } hour) return null;
        var minute = match.Groups["minute"].Success ? Number(match.Groups["minute"].Value, 0, 59) : 0;
        if (half.Length > 0) hour = (hour % 12) + (half[0] == 'p' ? 12 : 0);
        return minute is { } exact ? new TimeOnly(hour, exact) : null;
    }

    /// <summary>The last three fields.</summary>
    private static string? DaysOf(string when)
    {
        when = Filler().Replace(when, "").Trim();
        if (when is "" or "daily" or "day" or "every day" or "each day") return "* * *";
        if (when is "weekdays" or "every weekday" or "weekday" or "workdays" or "working days" or "monday to friday" or "mon-fri") return "* * 1-5";
        if (when is "weekends" or "every weekend" or "weekend") return "* * 6,0";
        if (when is "weekly") return "* * 1";
        if (when is "monthly" or "every month") return "1 * *";
        if (LastDay().IsMatch(when)) return "L * *";
        if (DayOfMonth().Match(when) is { Success: true } match)
            return match.Groups["day"].Value == "first" ? "1 * *" : Number(match.Groups["day"].Value, 1, 31) is { } day ? $"{day} * *" : null;
        return NamedDays(when);
    }

    private static string? NamedDays(string when)
    {
        var names = Separator().Split(when.StartsWith("every ", StringComparison.Ordinal) ? when[6..] : when.StartsWith("weekly ", StringComparison.Ordinal) ? when[7..] : when);
        var days = new List<int>();
        foreach (var name in names.Select(name => name.Trim()).Where(name => name.Length > 0))
        {
            var index = Array.FindIndex(s_days, day => DayName(day).IsMatch(name));
            if (index < 0) return null;
            days.Add(index);
        }
        return days.Count == 0 ? null : "* * " + string.Join(',', days.Distinct().OrderBy(day => (day + 6) % 7));
    }

    private static Regex DayName(string start) => new($"^{start}(s|days?|sdays?|nesdays?|rsdays?|r|rs|urdays?|us)?s?$", RegexOptions.CultureInvariant);

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(?:hourly|every hour|each hour)(?:,? (?:at|on)(?: minute)? :?(?<minute>\d{1,2}))?$")]
    private static partial Regex EveryHour();

    [GeneratedRegex(@"^every (?<count>\d{1,2}) ?(?<unit>m|min|mins|minutes?|h|hours?)$")]
    private static partial Regex EveryCount();

    [GeneratedRegex(@"(?:^|,? )(?:at|@) ?(?:(?<word>noon|midnight)|(?<hour>\d{1,2})(?:[:.h](?<minute>\d{2}))? ?(?<half>am|pm)?(?: o'clock)?)$")]
    private static partial Regex At();

    [GeneratedRegex(@"\b(?:on|the)\b ?")]
    private static partial Regex Filler();

    [GeneratedRegex(@"^(?:monthly )?last day(?: of(?: every| each)? month)?$")]
    private static partial Regex LastDay();

    [GeneratedRegex(@"^(?:monthly )?(?:day )?(?<day>\d{1,2}|first)(?:st|nd|rd|th)?(?: day)?(?: of(?: every| each)? ?month| monthly)?$")]
    private static partial Regex DayOfMonth();

    [GeneratedRegex(@",|\band\b|&")]
    private static partial Regex Separator();
}
