using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Operators;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Walks;

[Collection(BrowserTests.Name)]
public partial class SchedulePagesTests(WalkSite site) : IClassFixture<WalkSite>
{
    private const string Hostile = "<script>window.struck=1</script><img src=x onerror='window.struck=1'>\"'&\u202Egnp.esra\u202C שלום";
    private readonly string _name = "walk " + Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleStore Store => site.Services.GetRequiredService<ScheduleStore>();

    [Fact]
    public async Task Chosen_schedules_are_paused_resumed_and_deleted_from_the_list()
    {
        var one = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name + " one"));
        var two = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name + " two"));
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules?q=" + _name);
        var rows = window.Page.Locator("table.schedules tbody tr");
        await Expect(rows).ToHaveCountAsync(2);

        await window.Page.GetByLabel("Select all shown").CheckAsync();
        await window.Button("Pause 2…").ClickAsync();
        await window.AnswerAsync("Pause 2 schedules", "Host is being moved");
        await Expect(rows.Nth(0).Locator(".c-state")).ToContainTextAsync("Paused");
        await Expect(rows.Nth(1).Locator(".c-state")).ToContainTextAsync("Paused");
        Assert.Equal("Host is being moved", (await Store.GetAsync(one.Id, Cancel))!.PauseNote);

        await window.GoAsync("/schedules?state=paused&q=" + _name);
        await Expect(rows).ToHaveCountAsync(2);
        await rows.Nth(1).GetByRole(Microsoft.Playwright.AriaRole.Checkbox).CheckAsync();
        await window.Button("Resume").ClickAsync();
        await window.AnswerAsync("Resume 1 schedule");
        await Expect(rows).ToHaveCountAsync(1);

        await window.GoAsync("/schedules?q=" + _name);
        await rows.Nth(0).GetByRole(Microsoft.Playwright.AriaRole.Checkbox).CheckAsync();
        await window.Button("Delete…").ClickAsync();
        await window.AnswerAsync("Delete 1 schedule", "It is not needed any more");
        await Expect(rows).ToHaveCountAsync(1);
        Assert.NotNull((await Store.GetAsync(one.Id, Cancel))?.DeletedAt);
        Assert.Null((await Store.GetAsync(two.Id, Cancel))!.PausedAt);
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task Many_are_run_at_once_and_the_list_shows_what_became_of_it()
    {
        await site.StartWorkerAsync();
        await site.MakeScheduleAsync(SampleSchedules.Yearly(_name + " one"));
        await site.MakeScheduleAsync(SampleSchedules.Yearly(_name + " two"));
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules?q=" + _name);

        await window.Page.GetByLabel("Select all shown").CheckAsync();
        await window.Button("Run 2 now").ClickAsync();
        await Expect(window.Page.Locator("dialog")).ToContainTextAsync(_name + " one");
        await window.AnswerAsync("Run 2 jobs now");

        await Expect(window.Toast).ToContainTextAsync("2 runs are asked for");
        // The runner of this site makes the jobs, its worker runs them, and the ledger learns of it.
        await Expect(window.Page.Locator("td.c-last").Nth(0)).ToContainTextAsync("Succeeded");
        await Expect(window.Page.Locator("td.c-last").Nth(1)).ToContainTextAsync("Succeeded");
        Assert.True(await window.WasNotReloadedAsync());
    }

    [Fact]
    public async Task The_list_shows_what_becomes_of_moments_without_being_asked_again()
    {
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name));
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules?q=" + _name);
        await Expect(window.Page.Locator(".c-last")).ToContainTextAsync(["not yet"]);

        await site.RecordAsync(SampleSchedules.Ended(schedule.Id, DateTimeOffset.UtcNow.AddMinutes(-3), OccurrenceState.Ran, JobOutcome.Succeeded),
            SampleSchedules.Ended(schedule.Id, DateTimeOffset.UtcNow.AddMinutes(-2), OccurrenceState.Missed, null, 0, "Nobody was there"));

        await Expect(window.Page.Locator("td.c-last")).ToContainTextAsync("Missed");
        await Expect(window.Page.Locator("td.c-strip .strip")).ToHaveAttributeAsync("aria-label", "Last 2: 1 succeeded, 1 missed; newest: missed.");
        await Expect(window.Page.Locator("td.c-name .missed")).ToContainTextAsync("1 missed");
        Assert.True(await window.WasNotReloadedAsync());
    }

    [Fact]
    public async Task A_run_by_hand_with_other_arguments_is_asked_for_and_shows_in_the_ledger()
    {
        await site.StartWorkerAsync();
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name));
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules/" + schedule.Id);

        await window.Button("Run now", exact: true).ClickAsync();
        await window.Button("Others").ClickAsync();
        await Expect(window.Page.Locator("#argument-0")).ToHaveValueAsync("Ada");
        await window.Page.Locator("#argument-0").FillAsync("Grace");
        await window.Button("Run 1 job now").ClickAsync();

        await Expect(window.Page.Locator(".act-panel")).ToHaveCountAsync(0);
        await Expect(window.Page.Locator("table.ledger tbody tr").First).ToContainTextAsync("by hand");
        await Expect(window.Page.Locator("table.ledger tbody tr").First).ToContainTextAsync("with other arguments");
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task A_backfill_says_how_many_jobs_it_makes_before_it_makes_them()
    {
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name) with { When = new ScheduleTiming { TimeZone = "Europe/Paris", Cron = ["0 3 1 * *"] } });
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules/" + schedule.Id);

        await window.Button("Backfill…").ClickAsync();
        await window.Page.Locator("#backfill-from").FillAsync("2025-03-01T00:00");
        await window.Page.Locator("#backfill-to").FillAsync("2025-02-01T00:00");
        await Expect(window.Page.Locator(".preview")).ToContainTextAsync("the first before the second");
        await window.Page.Locator("#backfill-to").FillAsync("2025-05-31T00:00");
        await Expect(window.Page.Locator(".preview")).ToContainTextAsync("3 jobs");
        await window.Page.Locator("#backfill-why").FillAsync("The reports of spring were lost");
        await window.Button("Backfill 3 jobs").ClickAsync();

        await Expect(window.Page.Locator(".backfills li")).ToContainTextAsync(["The reports of spring were lost"]);
        await window.Page.Locator(".backfills a").ClickAsync();
        await Expect(window.Page.Locator("table.ledger tbody tr")).ToHaveCountAsync(3);
        await Expect(window.Page).ToHaveURLAsync(OneBackfill());
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task A_version_is_brought_back_unless_somebody_has_saved_another_one_meanwhile()
    {
        var first = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name));
        var second = await site.ChangeScheduleAsync(first, it => it with { Description = "Changed." });
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules/" + first.Id);
        await Expect(window.Page.Locator(".versions li")).ToHaveCountAsync(2);

        await window.Page.GetByLabel("Bring back version 1").ClickAsync();
        await Expect(window.Page.Locator("dialog")).ToBeVisibleAsync();
        await site.ChangeScheduleAsync(second, it => it with { Description = "Changed by another." });
        await window.AnswerAsync("Bring back version 1", "The change was a mistake");
        await Expect(window.Toast).ToContainTextAsync("meanwhile");
        await Expect(window.Page.Locator(".versions li")).ToHaveCountAsync(3);

        await window.Page.GetByLabel("Bring back version 1").ClickAsync();
        await window.AnswerAsync("Bring back version 1", "The change was a mistake");
        await Expect(window.Page.Locator(".versions li")).ToHaveCountAsync(4);
        await Expect(window.Page.Locator(".versions li").First).ToContainTextAsync("brings back 1");
        Assert.Equal(first.Definition.Description, (await Store.GetAsync(first.Id, Cancel))!.Definition.Description);
    }

    [Fact]
    public async Task What_was_missed_stays_on_the_page_until_somebody_says_to_have_seen_it()
    {
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name));
        await site.RecordAsync(SampleSchedules.EveryFate(schedule.Id, DateTimeOffset.UtcNow, "for a test"));
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules/" + schedule.Id);
        await Expect(window.Page.Locator(".banners")).ToContainTextAsync("2 occurrences were missed");

        await window.Button("I have seen it").ClickAsync();
        await Expect(window.Page.Locator(".banners")).Not.ToContainTextAsync("occurrences were missed");

        await window.Page.GetByLabel("What became of it").SelectOptionAsync("missed");
        await Expect(window.Page.Locator("table.ledger tbody tr")).ToHaveCountAsync(1);
        await Expect(window.Page).ToHaveURLAsync(OnlyMissed());
        Assert.True(await window.WasNotReloadedAsync());
    }

    [Fact]
    public async Task Who_may_only_look_sees_the_acts_and_that_they_are_not_allowed()
    {
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name));
        await using var window = await site.SignInAsync(OperatorRole.Viewer);
        await window.GoAsync("/schedules/" + schedule.Id);

        foreach (var act in new[] { "Pause…", "Run now", "Backfill…", "Delete…" })
            await Expect(window.Page.Locator("main .btn", new() { HasText = act })).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(window.Page.GetByText("Edit", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Hostile_text_in_every_field_is_only_text()
    {
        var definition = SampleSchedules.Yearly(Hostile + _name) with
        {
            Description = Hostile,
            Owner = Hostile,
            Tags = [Hostile[..50], new string('W', 60)],
            Job = new ScheduledJob { Type = Hostile, Arguments = $"{{\"{Hostile.Replace("\"", "", StringComparison.Ordinal)}\":\"<b>\"}}", Queue = Hostile },
        };
        var schedule = await site.MakeScheduleAsync(definition);
        var wide = await site.MakeScheduleAsync(SampleSchedules.Yearly(_name + new string('W', 150)) with { Owner = new string('M', 100), Tags = [new string('W', 60)] });
        await Store.PauseAsync([schedule.Id], Hostile, Hostile, cancel: Cancel);
        await site.ChangeScheduleAsync(schedule, it => it with { Description = Hostile + new string('W', 3_000) });
        await site.RecordAsync(SampleSchedules.EveryFate(schedule.Id, DateTimeOffset.UtcNow, Hostile));
        foreach (var width in new[] { 1440, 390 })
        {
            await using var window = await site.SignInAsync(width: width);
            foreach (var path in new[] { "/schedules", "/schedules?owner=" + Uri.EscapeDataString(Hostile), "/schedules?sort=last&state=nonsense&after=%3Cb%3E", $"/schedules/{schedule.Id}", $"/schedules/{wide.Id}", $"/schedules/{schedule.Id}?state=missed&before=1-2&origin=x&from=yesterday" })
            {
                await window.GoAsync(path);
                await Expect(window.Page.Locator("main h1").First).ToBeVisibleAsync();
                Assert.False(await window.Page.EvaluateAsync<bool>("() => 'struck' in window"), $"A script ran on {path}.");
                Assert.True(await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth") <= 0, $"{path} is wider than {width} px.");
                Assert.DoesNotContain('\u202E', await window.Page.Locator("main").InnerTextAsync());
            }
            Assert.Empty(window.Faults);
        }
        Assert.Empty(site.Log.Errors);
    }

    [GeneratedRegex("origin=")]
    private static partial Regex OneBackfill();

    [GeneratedRegex("state=missed")]
    private static partial Regex OnlyMissed();
}
