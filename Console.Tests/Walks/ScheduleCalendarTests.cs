using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Walks;

[Collection(BrowserTests.Name)]
public partial class ScheduleCalendarTests(WalkSite site) : IClassFixture<WalkSite>
{
    private const string Hostile = "<script>window.struck=1</script><img src=x onerror='window.struck=1'>\"'&\u202Egnp.esra\u202C";
    private readonly string _name = "walk " + Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    private CalendarStore Calendars => site.Services.GetRequiredService<CalendarStore>();

    [Fact]
    public async Task A_cell_lists_what_was_due_and_leads_to_the_schedule()
    {
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name) with { Owner = _name });
        var at = DateTimeOffset.UtcNow.AddDays(-1);
        await site.RecordAsync(
            SampleSchedules.Ended(schedule.Id, at, OccurrenceState.Missed, null, 0, "Nobody was there"),
            SampleSchedules.Ended(schedule.Id, at.AddSeconds(-1), OccurrenceState.Ran, JobOutcome.Succeeded));
        await using var window = await site.SignInAsync();
        await window.GoAsync($"/schedules/calendar?view=month&date={Day(DateOnly.FromDateTime(at.UtcDateTime))}");

        await window.Page.GetByLabel("Owner").SelectOptionAsync(_name);
        await Expect(window.Page).ToHaveURLAsync(OneOwner());
        var cells = window.Page.Locator("table.month td a");
        await Expect(cells).ToHaveCountAsync(1);
        await cells.ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(OneCell());
        await Expect(window.Page.Locator(".runs li")).ToContainTextAsync(["Succeeded", "Missed"]);
        await window.Page.GetByText("open the day").ClickAsync();
        await Expect(window.Page.Locator(".minutes a.bad")).ToHaveCountAsync(1);
        await window.Page.Locator(".minutes a.bad").ClickAsync();
        await window.Page.Locator(".runs li a").First.ClickAsync();

        await Expect(window.Heading).ToHaveTextAsync(_name);
        Assert.True(await window.WasNotReloadedAsync());
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task A_schedule_rests_on_the_days_of_a_calendar_that_cannot_be_deleted_then()
    {
        var calendar = _name[..20];
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name) with { Owner = _name, When = new ScheduleTiming { Cron = ["0 12 * * *"] } });
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules/calendars?new=1");
        await window.Page.Locator("#calendar-name").FillAsync(calendar);
        await window.Page.Locator("#days").FillAsync("soon");
        await Expect(window.Page.Locator("#days-note")).ToContainTextAsync("Line 1: Begin the line with a date");
        await window.Page.Locator("#days").FillAsync($"{Day(Today)}..{Day(Today.AddDays(4))} Closed");
        await Expect(window.Page.Locator("#days-note")).ToContainTextAsync("5 days");
        await window.Button("Create calendar").ClickAsync();
        await Expect(window.Button("Save version 2")).ToBeVisibleAsync();

        await using var other = await site.SignInAsync();
        await other.GoAsync($"/schedules/{schedule.Id}/edit");
        await other.Page.Locator("summary", new() { HasText = "Left out" }).First.ClickAsync();
        await other.Page.GetByLabel(calendar).CheckAsync();
        await Expect(other.Page.Locator("ol.runs li").First).ToContainTextAsync(Today.AddDays(5).ToString("d MMM yyyy", CultureInfo.InvariantCulture));
        await other.Button("Save version 2").First.ClickAsync();
        await Expect(other.Page).ToHaveURLAsync(OneSchedule());

        await other.GoAsync($"/schedules/calendar?view=day&date={Day(Today.AddDays(1))}&owner={Uri.EscapeDataString(_name)}");
        await Expect(other.Page.Locator(".empty-note")).ToContainTextAsync("nothing is planned");
        await other.Page.GetByLabel("Day after").ClickAsync();
        await Expect(other.Heading).ToContainTextAsync(Today.AddDays(2).ToString("d MMMM", CultureInfo.InvariantCulture));
        await other.GoAsync($"/schedules/calendar?view=day&date={Day(Today.AddDays(5))}&owner={Uri.EscapeDataString(_name)}");
        await Expect(other.Page.Locator(".minutes a")).ToHaveCountAsync(1);

        await window.Button("Delete").ClickAsync();
        await window.AnswerAsync("Delete 1 calendar", "Nobody needs it");
        await Expect(window.Page.Locator(".calendars-split [role=alert]")).ToContainTextAsync("is not deleted, because a schedule names it");
        await window.GoAsync("/schedules/calendars?name=" + Uri.EscapeDataString(calendar));
        await Expect(window.Button("Delete")).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(window.Page.Locator(".users")).ToContainTextAsync(_name);
        Assert.NotNull(await Calendars.GetAsync(calendar, Cancel));
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task The_second_who_saves_a_calendar_sees_both_and_loses_nothing()
    {
        var calendar = _name[..20];
        await Calendars.SaveAsync(calendar, "", [new CalendarDay(new DateOnly(2030, 1, 1), "New Year")], null, "ada", Cancel);
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules/calendars?name=" + Uri.EscapeDataString(calendar));
        await window.Page.Locator("#days").FillAsync("2030-01-01 New Year\n2030-12-25 Mine");
        await Calendars.SaveAsync(calendar, "", [new CalendarDay(new DateOnly(2030, 5, 1), "Theirs")], 1, "mara", Cancel);

        await window.Button("Save version 2").ClickAsync();
        await Expect(window.Page.Locator(".theirs")).ToContainTextAsync("mara has saved version 2 meanwhile");
        await Expect(window.Page.Locator(".theirs")).ToContainTextAsync("2030-05-01 Theirs");
        await window.Button("Keep mine, to save over theirs").ClickAsync();
        await window.Button("Save version 3").ClickAsync();
        await Expect(window.Button("Save version 4")).ToBeVisibleAsync();

        Assert.Equal(["New Year", "Mine"], (await Calendars.GetAsync(calendar, Cancel))!.Days.Select(day => day.Name));
    }

    [Fact]
    public async Task Hostile_names_are_only_text_on_calendars_too()
    {
        await Calendars.SaveAsync(Hostile[..60], Hostile + new string('W', 300), [new CalendarDay(new DateOnly(2030, 1, 1), Hostile + new string('W', 80))], null, Hostile, Cancel);
        await Calendars.SaveAsync(new string('W', 90), "", [], null, "ada", Cancel);
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly(Hostile + _name) with
        {
            Owner = Hostile,
            Job = new ScheduledJob { Type = Hostile, Queue = Hostile },
            When = new ScheduleTiming { Cron = ["*/5 * * * *"], ExceptCalendars = [Hostile[..60]] },
        });
        var tomorrow = Day(Today.AddDays(1));
        foreach (var width in new[] { 1440, 390 })
        {
            await using var window = await site.SignInAsync(width: width);
            foreach (var path in new[]
            {
                "/schedules/calendars", "/schedules/calendars?name=" + Uri.EscapeDataString(Hostile[..60]), $"/schedules/calendar?view=week&date={tomorrow}&at={tomorrow}T12:00",
                $"/schedules/calendar?view=day&date={tomorrow}&at={tomorrow}T12:00&owner={Uri.EscapeDataString(Hostile)}", "/schedules/calendar?view=%3Cb%3E&date=never&at=%27&tag=" + Uri.EscapeDataString(Hostile), $"/schedules/{schedule.Id}/edit",
            })
            {
                await window.GoAsync(path);
                await Expect(window.Page.Locator("main h1").First).ToBeVisibleAsync();
                Assert.False(await window.Page.EvaluateAsync<bool>("() => 'struck' in window"), $"A script ran on {path}.");
                Assert.True(await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth") <= 0, $"{path} is wider than {width} px: {await window.Page.EvaluateAsync<string>("[...document.querySelectorAll('main *')].filter(it => it.getBoundingClientRect().right > innerWidth).slice(0, 4).map(it => it.outerHTML.slice(0, 120)).join()")}");
            }
            Assert.Empty(window.Faults);
        }
        Assert.Empty(site.Log.Errors);
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex("owner=")]
    private static partial Regex OneOwner();

    [GeneratedRegex("at=")]
    private static partial Regex OneCell();

    [GeneratedRegex("/schedules/[0-9a-f-]{36}$")]
    private static partial Regex OneSchedule();
}
