using Bunit;
using OpsConsole.Data.Operators;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Support;
using OpsConsole.Tests.Web.Live;
using OpsConsole.Web.Overview;

namespace OpsConsole.Tests.Web.Overview;

public sealed class ViewerTests() : LivePage(OperatorRole.Viewer)
{
    [Fact]
    public async Task A_viewer_sees_the_act_and_that_it_is_not_allowed()
    {
        Tell(Story.Snapshot(new QueueRecord { Name = "mail", Depth = 12 }));

        var page = Render<OverviewPage>();
        await page.DoAsync("button[title^='Pause mail']", element => element.Click());

        var button = page.Find("button[title^='Pause mail']");
        Assert.Equal(("true", "Pause mail: your role does not allow it"), (button.GetAttribute("aria-disabled"), button.GetAttribute("title")));
        Assert.Null(Asked);
    }
}
