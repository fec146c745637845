using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Tests.Web.Live;
using OpsConsole.Web.Live;
using OpsConsole.Web.Schedules;

namespace OpsConsole.Tests.Web.Schedules;

public sealed class RunnerHeartbeatTests : LivePage
{
    private static readonly RunnerHealth Alive = new("host:3:abc123", 7, 1_204, TimeProvider.System.GetUtcNow(), null, null);

    private ScheduleBoard Schedules => Services.GetRequiredService<ScheduleBoard>();

    [Fact]
    public void It_says_who_runs_the_schedules()
    {
        Schedules.Show(new ScheduleHealth { Runner = Alive, HasWork = true });

        var text = Render<RunnerHeartbeat>().Find(".heartbeat").TextContent;

        Assert.Matches("Runner: host:3, (now|.* ago), 1,204 schedules, epoch 7", text);
    }

    [Fact]
    public void It_becomes_loud_by_itself()
    {
        Schedules.Show(new ScheduleHealth { Runner = Alive, HasWork = true });
        var component = Render<RunnerHeartbeat>();

        Schedules.Show(new ScheduleHealth { Runner = Alive with { GoneAt = TimeProvider.System.GetUtcNow().AddMinutes(-3) }, HasWork = true, IsUnattended = true });

        component.WaitForAssertion(() => Assert.Contains("Nobody runs the schedules since 3 min ago", component.Find("[role=alert]").TextContent));
    }

    [Fact]
    public void Without_anything_planned_nobody_is_alarmed()
    {
        Schedules.Show(new ScheduleHealth { Runner = Alive with { GoneAt = TimeProvider.System.GetUtcNow() } });

        Assert.Contains("nothing is planned", Render<RunnerHeartbeat>().Markup, StringComparison.Ordinal);
    }
}
