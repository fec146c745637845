using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;

namespace OpsConsole.Tests.Data.History.Search;

public sealed class QueryMatchTests
{
    private static readonly Facts Job = new()
    {
        State = SearchState.Failed,
        Outcome = AttemptOutcome.Failed,
        At = Queries.Now.AddHours(-3),
        Type = "reports.generate",
        Queue = "reports",
        Worker = "web-3:4121",
        Tags = ["acme", "nightly"],
        Owner = "ada@example.org",
        ScheduleName = "Nightly report",
        ErrorType = "System.TimeoutException",
        ErrorMessage = "The operation has timed out after 30 s",
        Arguments = """{"customer": 42, "order": {"lines": [{"sku": "A-1", "price": 9.5}, {"sku": "B-2"}]}, "dryRun": false, "name": "Acme GmbH"}""",
        Attempt = 2,
        Run = TimeSpan.FromSeconds(31),
    };

    [Theory]
    [InlineData("")]
    [InlineData("type:reports.* queue:REPORTS state:failed worker:web-3* tag:acme args.customer:42 error:timeout since:2d run>30s -type:health")]
    [InlineData("type:a,reports.generate")]
    [InlineData("owner:me schedule:\"nightly report\"")]
    [InlineData("\"timed out\" acme 3e81b7c0-52fd-4a6e-8f10-0a2b3c4d5e6f")]
    [InlineData("timed*30")]
    [InlineData("outcome:failure attempt>=2 attempt:2")]
    [InlineData("args.order.lines.sku:B-2 args.order.lines.price>9 args.dryRun:false args.name:Acme* args.order:*")]
    [InlineData("args:gmbh")]
    [InlineData("(type:nothing or queue:reports) until:now")]
    [InlineData("-wait>1s -host:web-3 -worker:\"\" host:\"\" tag:* worker:*")]
    public void A_job_that_is_so_matches(string text) => Assert.True(Queries.Of(text).Matches(Job));

    [Theory]
    [InlineData("type:reports")]
    [InlineData("state:succeeded,retrying")]
    [InlineData("wait>1s")]
    [InlineData("wait<1s")]
    [InlineData("host:*")]
    [InlineData("args.customer:4 or args.customer:\"\"")]
    [InlineData("args.name:\"acme gmbh\"")]
    [InlineData("args.order.lines.sku:C-3")]
    [InlineData("args.missing:*")]
    [InlineData("run>31s")]
    [InlineData("until:4h")]
    [InlineData("timeout -error:timed")]
    [InlineData("-(queue:reports type:reports.*)")]
    public void A_job_that_is_not_so_does_not_match(string text) => Assert.False(Queries.Of(text).Matches(Job));

    [Fact]
    public void Arguments_that_are_not_known_or_not_JSON_match_nothing()
    {
        Assert.False(Queries.Of("args.customer:42").Matches(Job with { Arguments = null }));
        Assert.False(Queries.Of("args.customer:42").Matches(Job with { Arguments = "{\"customer\": 4" }));
    }
}
