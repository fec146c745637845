using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Failures;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;
using OpsConsole.Tests.Web.Live;
using OpsConsole.Web.Overview;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Overview;

public sealed class OverviewPageTests : LivePage
{
    private static readonly QueueRecord Mail = new() { Name = "mail", Depth = 12 };

    [Fact]
    public void Before_the_first_snapshot_the_page_says_that_it_is_reading()
    {
        var page = Render<OverviewPage>();

        Assert.NotEmpty(page.FindAll("[aria-busy=true]"));
    }

    [Fact]
    public void An_event_changes_the_page_by_itself()
    {
        Tell(Story.Snapshot(Mail));
        var page = Render<OverviewPage>();
        Assert.Equal("12", Depth(page));

        Tell(Story.Enqueued("a", "mail"));

        page.WaitForAssertion(() => Assert.Equal("13", Depth(page)));
        Assert.Equal(Story.Position, page.Find("[data-through]").GetAttribute("data-through"));
    }

    [Fact]
    public async Task A_paused_queue_needs_attention_and_offers_to_resume_it()
    {
        Tell(Story.Snapshot(Mail with { Pause = new QueuePause("Mara", "relay maintenance", Story.Noon, null) }));
        var page = Render<OverviewPage>();

        await page.DoAsync("button[title='Resume mail']", element => element.Click());

        Assert.Contains("Queue mail is paused", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Resume queue mail?", Asked!.Title);
    }

    [Fact]
    public void A_missed_run_comes_first_and_leads_to_its_schedule()
    {
        var id = Guid.NewGuid();
        var missed = new OpsConsole.Web.Live.AttentionItem(OpsConsole.Web.Live.AttentionKind.ScheduleMissed, id.ToString("D"), "3 runs missed: tokens", "Nobody fired it.", Story.Noon);
        Services.GetRequiredService<OpsConsole.Web.Live.ScheduleBoard>().Show(new OpsConsole.Web.Live.ScheduleHealth { Attention = [missed] });
        Tell(Story.Snapshot(Mail with { Pause = new QueuePause("Mara", "relay maintenance", Story.Noon, null) }));

        var items = Render<OverviewPage>().FindAll("ul.list li");

        Assert.Contains("3 runs missed: tokens", items[0].TextContent);
        Assert.Equal($"/schedules/{id:D}", items[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Queue mail is paused", items[1].TextContent);
    }

    [Fact]
    public void A_group_of_failures_that_came_back_leads_to_its_page()
    {
        var group = new FailureGroup
        {
            Id = Guid.NewGuid(),
            JobType = "mail.send",
            ErrorType = "System.TimeoutException",
            Template = "no answer",
            Frame = "",
            FirstSeenAt = Story.Noon,
            LastSeenAt = Story.Noon,
            Count = 12,
            FinalCount = 0,
            LastOutcome = AttemptOutcome.Failed,
            State = GroupState.Open,
            StateAt = Story.Noon,
            StateBy = "",
            StateText = "It failed again on web-1.",
            StateJobId = "a",
            Version = 2,
            Hours = CountRing.ReadHours([]),
            Days = CountRing.ReadDays([]),
            Facets = new GroupFacets(),
        };
        var board = Services.GetRequiredService<OpsConsole.Web.Live.GroupBoard>();
        board.Show(OpsConsole.Web.Live.GroupView.None with { Attention = OpsConsole.Web.Live.GroupAttention.Of([group, group with { Id = Guid.NewGuid(), StateJobId = null }, group, group]) });
        Tell(Story.Snapshot());

        var items = Render<OverviewPage>().FindAll("ul.list li").Select(item => item.TextContent).ToList();

        Assert.Contains("It failed again on web-1. In mail.send. no answer", items[0], StringComparison.Ordinal);
        Assert.Contains("12 failures in mail.send since it was first seen. no answer", items[1], StringComparison.Ordinal);
        Assert.Contains("More failure groups", items[3], StringComparison.Ordinal);
        Assert.Equal(Links.FailureGroup(group.Id), Render<OverviewPage>().Find("ul.list li a").GetAttribute("href"));
    }

    [Fact]
    public async Task Pausing_asks_for_a_reason_and_says_what_will_happen()
    {
        Tell(Story.Snapshot(Mail));

        await Render<OverviewPage>().DoAsync("button[title='Pause mail']", element => element.Click());

        Assert.True(Asked!.ReasonRequired);
        Assert.Contains(Asked.Consequences, line => line.StartsWith("12 waiting jobs stay", StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_that_began_just_now_is_counted_and_not_listed()
    {
        Tell(Story.Snapshot());
        Tell(Story.Started("short"));
        var page = Render<OverviewPage>();

        Assert.Contains("1 job runs, none for longer than a second.", page.Markup, StringComparison.Ordinal);

        Story.Now = Story.Now.AddSeconds(5);
        Tell(Story.Event(JobEventKinds.Progress, "short", details: new { percent = 40.0 }));
        page.WaitForAssertion(() => Assert.Equal("Orders.Ship", page.Find(".running-table .name").TextContent));
    }

    [Fact]
    public async Task A_failure_shows_its_error_as_text_and_can_be_retried()
    {
        Tell(Story.Snapshot());
        Tell(Story.Event(JobEventKinds.Failed, "bad", details: new { attempt = 4, error = "System.IO.IOException", message = "<script>alert(1)</script>" }));
        var page = Render<OverviewPage>();

        Assert.Empty(page.FindAll("script"));
        await page.DoAsync("button[title='Retry Orders.Ship bad']", element => element.Click());
        Assert.Equal("Retry Orders.Ship?", Asked!.Title);
    }

    [Fact]
    public void The_range_is_in_the_address()
    {
        Tell(Story.Snapshot());
        Services.GetRequiredService<NavigationManager>().NavigateTo("/?range=6h");

        Assert.Equal("6 h", Render<OverviewPage>().Find(".segments [aria-current=true]").TextContent);
    }

    private static string Depth(IRenderedComponent<OverviewPage> page) => page.Find(".queue-table tbody tr td:nth-child(2)").TextContent;
}
