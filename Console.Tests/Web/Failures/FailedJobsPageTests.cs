using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Tests.Support;
using OpsConsole.Tests.Web.Live;
using OpsConsole.Web.Failures;
using StackExchange.Redis;

namespace OpsConsole.Tests.Web.Failures;

/// <summary>The page over failed jobs that really lie in Redis.</summary>
public sealed class FailedJobsPageTests : LivePage
{
    [Fact]
    public void Without_failures_the_page_is_reassuring()
    {
        Tell(Story.Snapshot());
        var page = Render<FailedJobsPage>();

        page.WaitForAssertion(() => Assert.Contains("No job has failed", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_job_shows_why_where_and_when()
    {
        await FailAsync("a", "disk <b>full</b>");
        var row = await OpenAsync(rows: 1);

        Assert.Contains("IOException", row[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("disk <b>full</b>", row[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Orders.Ship", row[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_without_a_hash_is_a_row_and_not_a_broken_page()
    {
        await (await RedisSpace.DatabaseAsync()).SortedSetAddAsync(Space.Keys.Failed, "ghost", 1);

        Assert.Single(await OpenAsync(rows: 1));
    }

    [Fact]
    public async Task Selected_jobs_keep_their_places_and_what_is_new_is_counted()
    {
        await FailAsync("a", "first");
        var page = await PageAsync(rows: 1);
        await page.DoAsync("tbody input[type=checkbox]", element => element.Click());
        await FailAsync("b", "second");

        Tell(Story.Failed("b"));

        page.WaitForAssertion(() => Assert.Equal("Show 1 new failure", page.Find(".live-note button").TextContent));
        Assert.Single(page.FindAll("tbody tr"));
        Assert.Contains("1 selected", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_names_the_count_and_asks_for_a_reason()
    {
        await FailAsync("a", "first");
        await FailAsync("b", "second");
        var page = await PageAsync(rows: 2);
        await page.DoAsync("thead input[type=checkbox]", element => element.Click());

        await page.DoAsync("button[title='Delete 2 jobs']", element => element.Click());

        Assert.Equal(("Delete 2 jobs?", true, true), (Asked!.Title, Asked.ReasonRequired, Asked.IsDangerous));
    }

    private async Task<IReadOnlyList<AngleSharp.Dom.IElement>> OpenAsync(int rows) => (await PageAsync(rows)).FindAll("tbody tr");

    private Task<IRenderedComponent<FailedJobsPage>> PageAsync(int rows)
    {
        Tell(Story.Snapshot() with { Counts = Story.Counts(failed: rows) });
        Services.GetRequiredService<NavigationManager>().NavigateTo("/failures/jobs");
        var page = Render<FailedJobsPage>();
        page.WaitForAssertion(() => Assert.Equal(rows, page.FindAll("tbody tr").Count));
        return Task.FromResult(page);
    }

    private async Task FailAsync(string id, string message)
    {
        var database = await RedisSpace.DatabaseAsync();
        var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await database.HashSetAsync(Space.Keys.Job(id), [new("Type", "Shop.Orders, Shop"), new("Method", "Ship"), new("ParameterTypes", "[]"), new("Arguments", "[]"), new("CreatedAt", at), new("State", "Failed"), new("Queue", "mail")]);
        await database.HashSetAsync(Space.Keys.JobStateData(id), [new("State", "Failed"), new("FailedAt", at), new("ExceptionType", "System.IO.IOException"), new("ExceptionMessage", message)]);
        await database.SortedSetAddAsync(Space.Keys.Failed, id, at / 1000);
    }
}
