using Bunit;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Calendar;

namespace OpsConsole.Tests.Web.Schedules.Calendar;

public sealed class CalendarComponentTests : BunitContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>\u202Ebad";

    [Fact]
    public void A_week_links_each_hour_with_runs_in_words()
    {
        var picture = Pictures.Of(CalendarSpan.Week, (100, 3)).With(2, (OccurrenceFate.Missed, 2));
        var week = Render<WeekGrid>(p => p.Add(x => x.Picture, picture).Add(x => x.Open, 100).Add(x => x.Now, 108).Add(x => x.HrefOf, cell => "/c/" + cell).Add(x => x.DayHref, cell => "/d/" + cell));

        var links = week.FindAll("tbody a");
        Assert.Equal(["Mon 16 Nov, 02:00: 2 due: 2 missed", "Fri 20 Nov, 04:00: 3 runs planned"], links.Select(link => link.QuerySelector(".visually-hidden")!.TextContent));
        Assert.Equal("2", links[0].QuerySelector(".bad")!.TextContent);
        Assert.Equal(("/c/100", "true"), (links[1].GetAttribute("href"), links[1].GetAttribute("aria-current")));
        Assert.Single(week.FindAll("td.now"));
        Assert.Equal("/d/96", week.FindAll("thead a")[4].GetAttribute("href"));
    }

    [Fact]
    public void A_day_draws_only_minutes_with_runs_and_the_keyboard_stops_once_an_hour()
    {
        var day = Render<DayGrid>(p => p.Add(x => x.Picture, Pictures.Of(CalendarSpan.Day, (120, 2), (121, 90), (122, 3), (600, 1))).Add(x => x.Now, 720).Add(x => x.HrefOf, cell => "/c/" + cell));

        Assert.Equal(["/c/120", "/c/121", "/c/122", "/c/600"], day.FindAll(".minutes a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["/c/121", "/c/600"], day.FindAll(".minutes a:not([tabindex])").Select(link => link.GetAttribute("href")));
        Assert.Equal("95", day.FindAll(".total")[2].TextContent);
        Assert.Single(day.FindAll(".now"));
    }

    [Fact]
    public void A_month_shows_every_day_and_whose_month_it_is()
    {
        var month = Render<MonthGrid>(p => p.Add(x => x.Picture, Pictures.Of(CalendarSpan.Month, (0, 5), (10, 40_000))).Add(x => x.HrefOf, cell => "/c/" + cell));

        Assert.Equal(42, month.FindAll("tbody td").Count);
        Assert.Equal(12, month.FindAll("td.other").Count);
        Assert.Equal(["5", "40k"], month.FindAll("td b").Select(count => count.TextContent));
    }

    [Fact]
    public void The_runs_of_a_cell_lead_to_their_schedules_and_jobs_and_their_names_are_only_text()
    {
        var picture = Pictures.Of(CalendarSpan.Week, (107, 2));
        var list = Render<CellList>(p => p.Add(x => x.Range, picture.Range).Add(x => x.Cell, 107).Add(x => x.Content, picture.Cells[107])
            .Add(x => x.Runs, new CellRuns(
                [new NamedOccurrence(Sample.Ran(), Hostile), new NamedOccurrence(Sample.Without(OccurrenceState.Missed), "other")],
                [new PlannedRuns(new TimedSchedule(Sample.Id, Hostile, Hostile, "{}"), Sample.Now, 60)])));

        var rows = list.FindAll("li");
        Assert.Equal(["/schedules/" + Sample.Id, "/jobs/" + Sample.Ran().Identity.JobId], rows[0].QuerySelectorAll("a").Select(link => link.GetAttribute("href")!));
        Assert.Contains("Missed", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("60 runs", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("from 12:00", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Empty(list.FindAll("img"));
        Assert.DoesNotContain('\u202E', list.Markup);
    }

    [Fact]
    public void What_is_not_drawn_is_said()
    {
        var often = Pictures.Group(new ScheduleTiming { Every = [new ScheduleInterval(1)] }, 12);
        var picture = Pictures.Of(CalendarSpan.Week);
        var gaps = Render<CalendarGaps>(p => p.Add(x => x.Picture, new CalendarPicture
        {
            Range = picture.Range,
            At = picture.At,
            Cells = picture.Cells,
            Outlook = new Outlook([often], 15, 2),
            TooOften = [often],
            IsPastCut = true,
        })).FindAll("p").Select(line => line.TextContent.Trim()).ToList();

        Assert.StartsWith("12 schedules run too often to be drawn in this range, such as “", gaps[0], StringComparison.Ordinal);
        Assert.StartsWith("3 schedules are not drawn", gaps[1], StringComparison.Ordinal);
        Assert.StartsWith("2 paused schedules are not", gaps[2], StringComparison.Ordinal);
        Assert.StartsWith("More than 500,000 occurrences were due", gaps[3], StringComparison.Ordinal);
    }
}
