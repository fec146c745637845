using Bunit;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Support;
using OpsConsole.Tests.Web.Live;
using OpsConsole.Web.Queues;

namespace OpsConsole.Tests.Web.Queues;

public sealed class QueuePageTests : LivePage
{
    [Fact]
    public void A_fleet_without_queues_says_where_queues_come_from()
    {
        Tell(Story.Snapshot());

        Assert.Contains("There is no queue yet", Render<QueuesPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_queue_that_is_not_there_is_said_so()
    {
        Tell(Story.Snapshot());

        Assert.Contains("There is no queue of this name", Render<QueuePage>(p => p.Add(x => x.Name, "typo")).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hangfire_server_on_a_queue_is_pointed_out_where_pausing_is_offered()
    {
        Tell(Story.Snapshot(new QueueRecord { Name = "mail" }) with
        {
            Workers = [new WorkerRecord { Id = "old:1:x", Name = "old:1", Slots = 20, Queues = ["mail"], HeartbeatAt = Story.Noon }],
        });
        var page = Render<QueuePage>(p => p.Add(x => x.Name, "mail"));

        await page.DoAsync("button[title='Pause mail']", element => element.Click());

        Assert.Contains("It does not honour a pause made here", page.Markup, StringComparison.Ordinal);
        Assert.Contains(Asked!.Consequences, line => line.Contains("Hangfire server", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pause_shows_who_made_it_why_and_until_when()
    {
        Tell(Story.Snapshot(new QueueRecord { Name = "mail", Pause = new QueuePause("Mara", "relay <b>maintenance</b>", Story.Noon, Story.Noon.AddYears(10)) }));

        var note = Render<QueuePage>(p => p.Add(x => x.Name, "mail")).Find(".note").TextContent;

        Assert.Contains("by Mara: “relay <b>maintenance</b>”", note, StringComparison.Ordinal);
        Assert.Contains("It resumes by itself", note, StringComparison.Ordinal);
    }
}
