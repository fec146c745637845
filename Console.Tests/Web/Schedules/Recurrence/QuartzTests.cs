using System.Text.RegularExpressions;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

/// <summary>
/// Against the evaluator of Quartz.NET, which others wrote. Quartz writes some lines differently (<see cref="Translated"/>), refuses some,
/// and means something else by a few: those are the cases of
/// <see cref="Where_Quartz_differs_it_does_so_on_purpose_of_ours"/> and of docs/schedules.md, and nothing else may differ.
/// </summary>
public partial class QuartzTests
{
    private const string Refused = "refused";
    private const int Lines = 6_000;
    private const int MomentsPerLine = 40;

    [Fact]
    public void Thousands_of_random_lines_run_at_the_moments_that_Quartz_finds()
    {
        var random = new RandomCron(2_026);
        var compared = 0;
        var differences = new List<string>();
        for (var count = 0; count < Lines; count++)
        {
            var line = random.Any();
            if (CronExpression.Parse(line).Fault is not null || IsDifferentOnPurpose(line.Split(' ')))
                continue;
            compared++;
            if (Difference(line) is { } difference)
                differences.Add(difference);
        }

        Assert.True(differences.Count == 0, $"{differences.Count} lines differ:\n{string.Join('\n', differences.Take(20))}");
        Assert.True(compared > Lines / 2, $"only {compared} lines were compared");
    }

    [Theory]
    [InlineData("UTC", "0 0 0 13 * FRI", "0 0 0 13 * FRI", "2027-02-01", "2027-02-05 00:00", Refused)]
    [InlineData("UTC", "0 0 0 ? * ?", "0 0 0 ? * ?", "2027-02-01", "2027-02-02 00:00", Refused)]
    [InlineData("UTC", "0 0 * * *", "0 0 * * *", "2027-02-01", "2027-02-02 00:00", Refused)]
    [InlineData("UTC", "@daily", "@daily", "2027-02-01", "2027-02-02 00:00", Refused)]
    [InlineData("UTC", "0 0 0 1 1 ? 2028", "0 0 0 1 1 ? 2028", "2027-02-01", Refused, "2028-01-01 00:00")]
    [InlineData("UTC", "0 0 0 ? * L", "0 0 0 ? * L", "2027-02-01", Refused, "2027-02-06 00:00")]
    [InlineData("UTC", "0 0 0 31 2 ?", "0 0 0 31 2 ?", "2027-02-01", Refused, "never")]
    [InlineData("UTC", "0 0 0 31W * ?", "0 0 0 31W * ?", "2027-02-01", "2027-03-31 00:00", "2027-02-26 00:00")]
    [InlineData("UTC", "0 0 0 ? * MON#2,FRI", "0 0 0 ? * MON#2,FRI", "2027-02-01", "2027-02-05 00:00", "2027-02-08 00:00")]
    [InlineData("UTC", "0 0 0 ? * MON#2,FRI#1", "0 0 0 ? * MON#2,FRI#1", "2027-02-01", "2027-02-05 00:00", Refused)]
    [InlineData("UTC", "0 0 0 ? * 5L,MON", "0 0 0 ? * 6L,MON", "2027-02-01", "2027-02-08 00:00", Refused)]
    [InlineData("Europe/Berlin", "0 30 2 * * ?", "0 30 2 * * ?", "2027-03-28", "2027-03-28 01:00", "2027-03-28 01:30")]
    [InlineData("Europe/Berlin", "0 */30 * * * ?", "0 */30 * * * ?", "2027-10-31 00:30", "2027-10-31 01:00", "2027-10-31 02:00")]
    public void Where_Quartz_differs_it_does_so_on_purpose_of_ours(string zone, string ours, string theirs, string after, string expected, string ofQuartz)
    {
        var result = Timetable.Compile(new() { TimeZone = zone, Cron = [ours] }, Timetables.NoCalendars).Timetable;

        Assert.Equal(expected, result is null ? Refused : Text(result.Next(Timetables.At(after))?.NominalAt));
        Assert.Equal(ofQuartz, OfQuartz(zone, theirs, Timetables.At(after)));
    }

    private static string OfQuartz(string zone, string line, DateTimeOffset after)
    {
        try
        {
            return Text(new Quartz.CronExpression(line) { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) }.GetNextValidTimeAfter(after));
        }
        catch (FormatException)
        {
            return Refused;
        }
    }

    private static string Text(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", null) ?? "never";

    private static bool IsDifferentOnPurpose(string[] fields) =>
        fields[3] is not ("*" or "?") && fields[5] is not ("*" or "?") || fields[3].Split(',').Any(term => term is "29W" or "30W" or "31W");

    private static string? Difference(string line)
    {
        var quartz = new Quartz.CronExpression(Translated(line)) { TimeZone = TimeZoneInfo.Utc };
        var ours = Timetables.Of("UTC", line);
        var at = new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.Zero);
        for (var moment = 0; moment < MomentsPerLine; moment++)
        {
            var (theirs, mine) = (quartz.GetNextValidTimeAfter(at), ours.Next(at)?.NominalAt);
            if (theirs != mine)
                return $"{line} (Quartz: {Translated(line)}) after {at:u}: ours {mine:u}, Quartz {theirs:u}";
            if (mine is null)
                return null;
            at = mine.Value;
        }
        return null;
    }

    /// <summary>Quartz counts the days of the week from 1 (Sunday) to 7, and wants ? in one of the day fields.</summary>
    private static string Translated(string line)
    {
        var fields = line.Split(' ');
        var (dayOfMonth, dayOfWeek) = (fields[3], fields[5]);
        if (dayOfWeek is "*" or "?")
            (dayOfMonth, dayOfWeek) = (dayOfMonth == "?" ? "*" : dayOfMonth, "?");
        else if (dayOfMonth == "*")
            dayOfMonth = "?";
        dayOfWeek = WeekdayNumber().Replace(dayOfWeek, number => $"{(number.Value[0] - '0') % 7 + 1}");
        return $"{fields[0]} {fields[1]} {fields[2]} {dayOfMonth} {fields[4]} {dayOfWeek}";
    }

    [GeneratedRegex(@"(?<![/#\d])\d(?!\d)")]
    private static partial Regex WeekdayNumber();
}
