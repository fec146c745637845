using Bunit;
using OpsConsole.Data.Operators;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Web.Live;
using OpsConsole.Web.Overview;

namespace OpsConsole.Tests.Web.Overview;

public sealed class ViewerTests() : LivePage(OperatorRole.Viewer)
{
    [Fact]
    public void A_viewer_sees_the_act_and_that_it_is_not_allowed()
    {
        Tell(Story.Snapshot(new QueueRecord { Name = "mail", Depth = 12 }));

        var button = Render<OverviewPage>().Find("button[title^='Pause mail']");
        button.Click();

        Assert.Equal(("true", "Pause mail: your role does not allow it"), (button.GetAttribute("aria-disabled"), button.GetAttribute("title")));
        Assert.Null(Asked);
    }
}
