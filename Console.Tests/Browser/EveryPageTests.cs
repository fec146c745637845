using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsConsole.Data.Failures;
using OpsConsole.Data.History;
using OpsConsole.Data.Operations;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Data.Failures;

namespace OpsConsole.Tests.Browser;

[Collection(BrowserTests.Name)]
public class EveryPageTests(WalkSite site) : IClassFixture<WalkSite>
{
    private static readonly string[] s_signedOut = ["/sign-in", "/set-up?token=wrong"];
    private static readonly EnqueueOptions s_muchLater = new() { At = DateTimeOffset.UnixEpoch.AddYears(100) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Contrast is a matter of the colours and overflow one of the width: each is seen once, and the other two pairs would take minutes.
    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Every_page_is_whole_accessible_and_fits_its_window(ColorScheme colours, int width)
    {
        var paths = await PathsAsync();
        var problems = new List<string>();
        await using (var stranger = await site.OpenAsync(colours, width))
            await LookAsync(stranger, s_signedOut, path => stranger.Page.GotoAsync(path), problems);
        await using (var window = await site.SignInAsync(colours: colours, width: width))
            await LookAsync(window, paths, window.GoAsync, problems);
        site.Signals.ReleaseAll();

        Assert.Empty(problems);
    }

    private static async Task LookAsync(Window window, IReadOnlyList<string> paths, Func<string, Task> go, List<string> problems)
    {
        var path = "";
        window.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
                problems.Add($"{path}: the browser complains: {message.Text}");
        };
        foreach (var next in paths)
        {
            path = next;
            await go(path);
            var tooWide = await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
            if (tooWide > 0)
                problems.Add($"{path}: the page is {tooWide} px wider than its window");
            var found = await window.Page.RunAxe();
            problems.AddRange(found.Violations.SelectMany(rule => rule.Nodes.Take(3).Select(node => $"{path}: {rule.Id} ({rule.Impact}): {rule.Help}: {node.Html}")));
        }
        problems.AddRange(window.Faults.Select(fault => "a script threw: " + fault));
    }

    private async Task<IReadOnlyList<string>> PathsAsync()
    {
        var worker = await site.StartWorkerAsync();
        site.Signals.Release("look");
        string[] jobs =
        [
            await RunAsync(JobEventKinds.Succeeded, client => client.EnqueueAsync<WalkJobs>(jobs => jobs.Greet("Ada"), cancel: Cancel)),
            await RunAsync(JobEventKinds.Failed, client => client.EnqueueAsync<WalkJobs>(jobs => jobs.Fail("<b>It</b> did not want to"), cancel: Cancel)),
            await RunAsync(JobEventKinds.Retrying, client => client.EnqueueAsync<WalkJobs>(jobs => jobs.Stumble(), cancel: Cancel)),
            await RunAsync(JobEventKinds.Progress, client => client.EnqueueAsync<WalkJobs>(jobs => jobs.StepsAsync("look", null!, default), cancel: Cancel)),
            await RunAsync(JobEventKinds.Scheduled, client => client.EnqueueAsync<WalkJobs>(jobs => jobs.Greet("Grace"), s_muchLater, Cancel)),
            "no-such-job",
        ];
        var schedule = await ScheduleAsync();
        await site.SetTargetsAsync(schedule.Id);
        return
        [
            "/", "/workers", "/workers/" + Uri.EscapeDataString(worker), "/workers/no-such-worker", "/queues", "/queues/default", "/queues/no-such-queue", "/storage", "/storage?show=quarantined",
            "/jobs", "/jobs?state=failed", "/jobs?q=-queue:test%20(type:walk.*%20or%20greet)%20since:1d", "/jobs?q=state:faild%20run%3E3", .. jobs.Select(id => "/jobs/" + id),
            "/failures", "/failures?tab=resolved", "/failures?text=nothing-like-this", "/failures/jobs", "/failures/jobs?state=quarantined", "/failures/" + await FailureAsync(), "/failures/" + Guid.NewGuid(),
            "/schedules", "/schedules?q=nothing-has-this-name", "/schedules/" + schedule.Id, "/schedules/" + Guid.NewGuid(), "/schedules/files",
            "/schedules/new", "/schedules/new?type=walk.typed", $"/schedules/new?copy={schedule.Id}", $"/schedules/{schedule.Id}/edit", $"/schedules/{Guid.NewGuid()}/edit",
            "/schedules/calendar?view=day", "/schedules/calendar?view=week", "/schedules/calendar?view=month", "/schedules/calendar?view=month&date=2027-01-01&at=2027-01-01T00:00",
            "/schedules/calendars", "/schedules/calendars?new=1", "/schedules/calendars?name=no-such-calendar",
            "/metrics/overview", "/metrics/overview?range=30d&compare=week&by=host&heat=rate",
            "/kpis", "/kpis?period=week&show=ontime&compare=no", "/kpis?period=quarter&day=2001-01-01",
            "/operations", "/operations/new", "/operations/new?ids=" + jobs[1], "/operations/" + await OperateAsync(jobs[1]), "/operations/" + Guid.NewGuid(),
            "/trigger", "/trigger/walk.typed", "/trigger/no.such.type", "/audit", "/users", "/account",
        ];
    }

    /// <summary>A schedule to which everything has happened that can happen.</summary>
    private async Task<Schedule> ScheduleAsync()
    {
        var made = await site.MakeScheduleAsync(SampleSchedules.Yearly("looked at " + Guid.NewGuid()));
        await site.RecordAsync(SampleSchedules.EveryFate(made.Id, DateTimeOffset.UtcNow, "for a test"));
        return await site.ChangeScheduleAsync(made, it => it with { Tags = ["nightly", "changed"] });
    }

    /// <summary>A mass operation on a failed job, which waits for somebody.</summary>
    private async Task<Guid> OperateAsync(string job)
    {
        var draft = new BulkDraft { Kind = BulkKind.RetryPatched, Source = BulkSource.Selection, Title = "1 selected job", Patch = """[{"op":"remove","path":"/nothing"}]""", Canary = BulkCanary.Ask, PerMinute = 60, StopPercent = 20, Reason = "looked at" };
        return (await site.Services.GetRequiredService<OperationStore>().CreateAsync(draft, "Ada", DateTimeOffset.UtcNow, [job], Cancel)).Id!.Value;
    }

    /// <summary>A group of failures that came back, with something said about it.</summary>
    private async Task<Guid> FailureAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var database = site.Services.GetRequiredService<HistoryDatabase>().Writing;
        await SomeFailures.StoreAsync(database, SomeFailures.Failure(now.AddHours(-3)), SomeFailures.Failure(now.AddHours(-1), worker: "web-2:1"));
        var groups = site.Services.GetRequiredService<GroupStore>();
        foreach (var change in (GroupChange[])[new(GroupAct.Note, "Ada", "Seen before."), new(GroupAct.Resolve, "Ada", "Fixed in 4.18.3")])
            await groups.ChangeAsync([new GroupTarget(SomeFailures.IdOf(), 1)], change, Cancel);
        await SomeFailures.StoreAsync(database, SomeFailures.Failure(DateTimeOffset.UtcNow.AddSeconds(1)));
        return SomeFailures.IdOf();
    }

    /// <summary>Makes a job and waits for the event that says how far it has come.</summary>
    private async Task<string> RunAsync(string until, Func<JobClient, Task<EnqueueResult>> make)
    {
        var events = site.Services.GetRequiredService<JobEventReader>();
        var position = await events.GetPositionAsync(Cancel);
        var made = await make(site.Client);
        Assert.True(made.IsCreated, made.Message);
        await foreach (var batch in events.FollowAsync(position, Cancel))
        {
            if (batch.Events.Any(e => e.Subject == made.Id && e.Kind == until))
                break;
        }
        return made.Id;
    }
}
