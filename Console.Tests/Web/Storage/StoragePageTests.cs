using Bunit;
using OpsConsole.Tests.Support;
using OpsConsole.Tests.Web.Live;
using OpsConsole.Web.Storage;
using StackExchange.Redis;

namespace OpsConsole.Tests.Web.Storage;

public sealed class StoragePageTests : LivePage
{
    [Fact]
    public void Redis_says_what_it_promises_and_that_everything_fits_together()
    {
        var page = Render<StoragePage>();

        page.WaitForAssertion(() => Assert.Contains("appendfsync everysec", page.Markup, StringComparison.Ordinal));
        Assert.Contains("may lose what was acknowledged in the last 2 s", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Everything fits together", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_says_what_was_wrong_where_and_what_was_done_and_leads_to_its_job()
    {
        await FindAsync("parent-gone", "job-7", "job-7", "", "quarantined", "It waits for <b>nobody</b>.");
        await FindAsync("entry-without-job", "reports:ghost", "ghost", "schedule", "repaired", "The entry was taken out.");
        var page = Render<StoragePage>();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        var rows = page.FindAll("tbody tr");
        Assert.Contains("Entry of a job that is gone", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("schedule", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("/jobs/job-7", rows[1].QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("It waits for <b>nobody</b>.", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Quarantined", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_holds_50_and_leads_to_the_older_ones()
    {
        for (var i = 0; i < 51; i++)
            await FindAsync("queue-unlisted", "q" + i, "", "", "repaired", "It was put back.");
        var page = Render<StoragePage>();

        page.WaitForAssertion(() => Assert.Equal(50, page.FindAll("tbody tr").Count));
        Assert.Contains("before=", page.Find("a[rel=next]").GetAttribute("href"), StringComparison.Ordinal);
    }

    private async Task FindAsync(string kind, string subject, string job, string place, string how, string did) =>
        await (await RedisSpace.DatabaseAsync()).ExecuteAsync("XADD", (RedisKey)Space.Keys.Findings, "*", "kind", kind, "subject", subject, "job", job, "place", place, "how", how, "did", did, "seen", "1795204680000");
}
