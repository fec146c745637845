using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Operators;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Walks;

[Collection(BrowserTests.Name)]
public partial class ScheduleEditorTests(WalkSite site) : IClassFixture<WalkSite>
{
    private readonly string _name = "edited " + Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleStore Store => site.Services.GetRequiredService<ScheduleStore>();

    [Fact]
    public async Task A_schedule_is_made_with_every_step_explained()
    {
        await site.StartWorkerAsync();
        await using var window = await site.SignInAsync();
        var page = window.Page;
        await window.GoAsync("/schedules/new");
        await page.FillAsync("#name", _name);

        await page.FillAsync("#cron-0", "30 2 28 13 *");
        await Expect(page.Locator("#cron-0-note")).ToContainTextAsync("Character 9: Month 13");
        await Expect(page.Locator(".cron-mark mark")).ToHaveTextAsync("13");
        await page.FillAsync("#cron-0", "28th of every month at 2:30");
        await Expect(page.Locator("#cron-0-note")).ToContainTextAsync("30 2 28 * *");
        await page.Locator("#cron-0").BlurAsync();
        await Expect(page.Locator("#cron-0")).ToHaveValueAsync("30 2 28 * *");
        await page.FillAsync("#zone", "berl");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#zone")).ToHaveValueAsync("Europe/Berlin");
        await Expect(page.Locator("#say")).ToContainTextAsync("02:30");
        await Expect(page.Locator(".runs li")).ToHaveCountAsync(10);

        await page.FillAsync("#job-type", "walk.greet");
        await page.FillAsync("#grace", "soon");
        await page.Locator(".save button[type=submit]").ClickAsync();
        await Expect(page.Locator("#grace-note")).ToContainTextAsync("such as 90 s");
        await Expect(page.Locator("#grace")).ToHaveValueAsync("soon");
        await page.FillAsync("#grace", "5 min");
        await page.FillAsync("#argument-0", "Ada");
        await page.Locator("#argument-0").BlurAsync();
        await page.Locator(".save button[type=submit]").ClickAsync();

        await Expect(page).ToHaveURLAsync(PageOfSchedule());
        var made = (await Store.FindByNameAsync(_name, Cancel))!.Definition;
        Assert.Equal(("30 2 28 * *", "Europe/Berlin", 300, "walk.greet"), (made.When.Cron.Single(), made.When.TimeZone, made.GraceSeconds, made.Job.Type));
        Assert.Contains("\"Ada\"", made.Job.Arguments, StringComparison.Ordinal);
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task The_second_of_two_editors_sees_both_and_puts_hers_on_top()
    {
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name));
        await using var window = await site.SignInAsync();
        var page = window.Page;
        await window.GoAsync($"/schedules/{schedule.Id}/edit");
        await page.FillAsync("#owner", "mine");
        await Expect(page.Locator(".page-head .chip")).ToHaveTextAsync("draft, 1 change");
        await site.ChangeScheduleAsync(schedule, it => it with { Description = "Theirs <b>bold</b>", Owner = "theirs" });

        await page.Locator(".save button[type=submit]").ClickAsync();
        await Expect(page.Locator(".conflict")).ToContainTextAsync("ada has saved version 2");
        await Expect(page.Locator(".conflict")).ToContainTextAsync("Theirs <b>bold</b>");
        Assert.Equal(2, (await Store.GetAsync(schedule.Id, Cancel))!.Version);
        await window.Button("Put mine on top of theirs").ClickAsync();
        await Expect(page.Locator(".conflict")).ToHaveCountAsync(0);
        await Expect(page.Locator("#description")).ToHaveValueAsync("Theirs <b>bold</b>");
        await Expect(page.Locator("#owner")).ToHaveValueAsync("mine");
        await page.Locator(".save button[type=submit]").ClickAsync();

        await Expect(page).ToHaveURLAsync(PageOfSchedule());
        var now = (await Store.GetAsync(schedule.Id, Cancel))!;
        Assert.Equal((3, "mine", "Theirs <b>bold</b>"), (now.Version, now.Definition.Owner, now.Definition.Description));
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task Leaving_with_a_draft_asks_first()
    {
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name));
        await using var window = await site.SignInAsync();
        await window.GoAsync($"/schedules/{schedule.Id}/edit");
        await window.Page.FillAsync("#owner", "someone");
        await Expect(window.Page.Locator(".page-head .chip")).ToHaveTextAsync("draft, 1 change");
        await window.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await window.AnswerAsync("Stay here");
        await Expect(window.Page.Locator("#owner")).ToHaveValueAsync("someone");
        await window.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await window.AnswerAsync("Leave without saving");
        await Expect(window.Page).ToHaveURLAsync(PageOfSchedule());
        Assert.Equal(1, (await Store.GetAsync(schedule.Id, Cancel))!.Version);
    }

    [Fact]
    public async Task A_calendar_that_a_schedule_names_is_kept()
    {
        var calendar = "days " + Guid.NewGuid().ToString()[..8];
        await using var window = await site.SignInAsync(OperatorRole.Operator);
        var page = window.Page;
        await window.GoAsync("/schedules/calendars?new=1");
        await page.FillAsync("#calendar-name", calendar);
        await page.FillAsync("#days", "2027-12-25 <b>Christmas</b>\n2027-12-26");
        await Expect(page.Locator("#days-note")).ToContainTextAsync("2 days in 2027");
        await window.Button("Create calendar").ClickAsync();
        await Expect(window.Button("Save version 2")).ToBeVisibleAsync();
        var definition = SampleSchedules.Yearly(_name);
        await site.MakeScheduleAsync(definition with { When = definition.When with { ExceptCalendars = [calendar] } });

        await window.GoAsync("/schedules/calendars?name=" + Uri.EscapeDataString(calendar));
        await Expect(page.Locator(".users")).ToContainTextAsync(_name);
        await Expect(window.Button("Delete")).ToHaveAttributeAsync("aria-disabled", "true");
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task A_cell_of_the_calendar_lists_its_runs()
    {
        await site.MakeScheduleAsync(SampleSchedules.Yearly(_name) with { Tags = [_name[..30]], Name = _name + "<img src=x>" });
        await using var window = await site.SignInAsync(OperatorRole.Viewer);
        await window.GoAsync("/schedules/calendar?view=month&date=2028-01-01&tag=" + Uri.EscapeDataString(_name[..30]));
        await window.Page.Locator("table.month a").First.ClickAsync();
        await Expect(window.Page.Locator(".calendar-side .runs li")).ToContainTextAsync(_name + "<img src=x>");
        await Expect(window.Page).ToHaveURLAsync(OpenCell());
        Assert.Empty(window.Faults);
    }

    [GeneratedRegex(@"/schedules/[0-9a-f-]{36}$")]
    private static partial Regex PageOfSchedule();

    [GeneratedRegex(@"[?&]at=2028-01-01")]
    private static partial Regex OpenCell();
}
