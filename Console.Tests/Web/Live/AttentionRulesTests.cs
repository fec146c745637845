using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class AttentionRulesTests
{
    private static readonly FleetView Calm = new() { IsReady = true, At = Story.Noon };

    [Fact]
    public void A_calm_fleet_needs_nobody() => Assert.Empty(AttentionRules.Of(Calm, []));

    [Fact]
    public void A_paused_queue_says_who_why_and_how_many_wait()
    {
        var queue = new QueueView { Name = "mail", Depth = 1_912, Pause = new QueuePause("Mara", "relay maintenance", Story.Noon, null) };

        var item = Assert.Single(AttentionRules.Of(Calm with { Queues = [queue] }, []));

        Assert.Equal((AttentionKind.QueuePaused, "mail"), (item.Kind, item.Subject));
        Assert.Equal("By Mara: “relay maintenance”. 1,912 waiting.", item.Text);
    }

    [Fact]
    public void A_worker_lost_long_ago_is_no_news()
    {
        WorkerRecord Lost(int minutesAgo) => new() { Id = $"w{minutesAgo}", Name = "w", GoneHow = "lost", GoneAt = Story.Noon.AddMinutes(-minutesAgo) };

        var items = AttentionRules.Of(Calm with { Gone = [Lost(1), Lost(120)] }, []);

        Assert.Equal("w1", Assert.Single(items).Subject);
    }

    [Fact]
    public void Jobs_that_wait_where_no_worker_serves_are_pointed_out()
    {
        var queue = new QueueView { Name = "typo", Depth = 3, OldestAt = Story.Noon.AddMinutes(-1) };

        Assert.Equal(AttentionKind.QueueUnserved, Assert.Single(AttentionRules.Of(Calm with { Queues = [queue] }, [])).Kind);
        Assert.Empty(AttentionRules.Of(Calm with { Queues = [queue with { Consumers = ["w"] }] }, []));
    }

    [Fact]
    public void Quarantined_jobs_need_a_person()
    {
        var view = Calm with { Counts = new Dictionary<JobState, long> { [JobState.Quarantined] = 1 } };

        Assert.Equal("1 job is quarantined", Assert.Single(AttentionRules.Of(view, [])).Title);
    }

    [Fact]
    public void A_failure_spike_comes_first_with_its_error_and_type()
    {
        var queue = new QueueView { Name = "mail", Pause = new QueuePause("Mara", "relay maintenance", Story.Noon, null) };
        var spike = new TypeFailures.Spike("A.B", "System.Net.Http.HttpRequestException", 40, 50, 31);

        var items = AttentionRules.Of(Calm with { Queues = [queue] }, [(spike, "webhooks.deliver")]);

        Assert.Equal("HttpRequestException in webhooks.deliver", items[0].Title);
        Assert.Contains("31 times the usual share", items[0].Text, StringComparison.Ordinal);
    }
}
