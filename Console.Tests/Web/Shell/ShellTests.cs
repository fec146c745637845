using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Shell;

public sealed class ShellTests
{
    [Fact]
    public void Ids_in_addresses_are_escaped()
    {
        Assert.Equal("/jobs/a%3Fc%23d%3Ce%3E", Links.Job("a?c#d<e>"));
        Assert.Equal("/jobs/~?id=a%2Fb%25", Links.Job("a/b%"));
        Assert.Equal("/jobs/~?id=%2E%2E", Links.Job(".."));
        Assert.Equal("/queues/a%2Fb", Links.Queue("a/b"));
        Assert.Equal("/jobs?state=failed&queue=a%26b", Links.Jobs(JobState.Failed, "a&b"));
        Assert.Equal("/jobs", Links.Jobs());
    }

    [Theory]
    [InlineData("failed", JobState.Failed)]
    [InlineData("RETRYING", JobState.Retrying)]
    [InlineData("unknown", null)]
    [InlineData("6", null)]
    [InlineData("", null)]
    [InlineData("<b>", null)]
    public void An_address_names_a_state_or_none(string text, JobState? state) => Assert.Equal(state, Links.StateOf(text));

    [Fact]
    public void The_first_zone_that_is_known_is_used()
    {
        var viewer = new ViewerTime(new FakeTime());
        Assert.Equal("UTC", viewer.ShortName);
        viewer.Use(null, "", "../../etc/passwd", "America/New_York", "Europe/Berlin");
        Assert.Equal("New York", viewer.ShortName);
    }

    [Fact]
    public void A_message_about_success_leaves_by_itself_and_a_refusal_stays()
    {
        var time = new FakeTime();
        using var toasts = new Toasts(time);
        toasts.Show(ToastKind.Done, "Retried 2 jobs.");
        toasts.Show(ToastKind.Refused, "Job 7 is running.");
        time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal("Job 7 is running.", Assert.Single(toasts.Shown).Text);
        toasts.Close(toasts.Shown[0].Id);
        Assert.Empty(toasts.Shown);
    }

    [Fact]
    public void Only_the_newest_messages_are_shown()
    {
        using var toasts = new Toasts(new FakeTime());
        for (var i = 1; i <= 10; i++) toasts.Show(ToastKind.Failed, $"{i}");
        Assert.Equal(["7", "8", "9", "10"], toasts.Shown.Select(toast => toast.Text));
    }

    [Fact]
    public void A_lone_surrogate_in_an_id_does_not_break_its_link() => Assert.StartsWith("/jobs/", Links.Job("a\ud800b"), StringComparison.Ordinal);
}
