using Bunit;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Web.Live;
using OpsConsole.Web.Workers;

namespace OpsConsole.Tests.Web.Workers;

public sealed class WorkerPageTests : LivePage
{
    private static readonly WorkerRecord Worker = new()
    {
        Id = "jobs:7:abc",
        Name = "jobs:7",
        IsOurs = true,
        Slots = 8,
        Host = "vm-1",
        Version = "4.18.2",
        Queues = ["mail"],
        StartedAt = Story.Noon.AddHours(-1),
        HeartbeatAt = Story.Noon,
    };

    [Fact]
    public void A_worker_that_is_here_shows_its_host_version_and_queues()
    {
        Tell(Story.Snapshot() with { Workers = [Worker] });

        var about = Render<WorkerPage>(p => p.Add(x => x.Id, Worker.Id)).Find(".facts").TextContent;

        Assert.Contains("vm-1", about, StringComparison.Ordinal);
        Assert.Contains("4.18.2", about, StringComparison.Ordinal);
        Assert.Contains("mail", about, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_worker_stays_listed_with_when_and_how()
    {
        Board.ApplyGone([Worker with { GoneAt = Story.Noon, GoneHow = "lost" }]);
        Tell(Story.Snapshot());

        Assert.Contains("Lost", Render<WorkersPage>().Find("table").TextContent, StringComparison.Ordinal);
        Assert.Contains("It stopped without a word", Render<WorkerPage>(p => p.Add(x => x.Id, Worker.Id)).Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hangfire_server_is_marked_as_such()
    {
        Tell(Story.Snapshot() with { Workers = [Worker with { IsOurs = false }] });

        Assert.Equal("Hangfire server", Render<WorkersPage>().Find(".chip").TextContent);
    }

    [Fact]
    public void A_heartbeat_that_is_overdue_is_pointed_out()
    {
        Tell(Story.Snapshot() with { Workers = [Worker with { HeartbeatAt = Story.Noon.AddMinutes(-1) }] });

        Assert.Equal("Silent", Render<WorkersPage>().Find(".pill").TextContent);
    }

    [Fact]
    public void An_id_that_nobody_knows_gets_an_answer()
    {
        Tell(Story.Snapshot());
        var page = Render<WorkerPage>(p => p.Add(x => x.Id, "nobody"));

        page.WaitForAssertion(() => Assert.Contains("This worker is not known", page.Markup, StringComparison.Ordinal));
    }
}
