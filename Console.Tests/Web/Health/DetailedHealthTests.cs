using System.Net;
using System.Text.Json;
using OpsConsole.Data.Operators;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Health;

namespace OpsConsole.Tests.Web.Health;

public class DetailedHealthTests(ConsoleSite site) : IClassFixture<ConsoleSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operators_read_how_everything_is()
    {
        var visitor = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Operator));

        var answer = await visitor.Http.GetAsync("/health/detailed", Cancel);

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        var parts = json.RootElement.GetProperty("parts");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["database", "redis", "ingestion", "scheduler", "disk", "process"], parts.EnumerateObject().Select(part => part.Name));
        Assert.True(Fact(parts, "database", "bytes").GetInt64() > 0);
        Assert.True(Fact(parts, "database", "connections").GetInt32() > 0);
        Assert.Equal(JsonValueKind.Number, Fact(parts, "redis", "entriesInStream").ValueKind);
        Assert.Equal("everysec", Fact(parts, "redis", "appendFsync").GetString());
        Assert.Equal("0-0", Fact(parts, "ingestion", "position").GetString());
    }

    [Fact]
    public async Task Viewers_and_strangers_do_not()
    {
        var viewer = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Viewer));

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Http.GetAsync("/health/detailed", Cancel)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await site.Visit().Http.GetAsync("/health/detailed", Cancel)).StatusCode);
    }

    [Fact]
    public void The_worst_finding_counts_and_the_first_of_its_kind_is_told()
    {
        var finding = new HealthFinding(new Dictionary<string, object?>())
            .Unless(true, HealthStatus.Down, "never")
            .Unless(false, HealthStatus.Degraded, "first")
            .Unless(false, HealthStatus.Degraded, "second");
        Assert.Equal((HealthStatus.Degraded, "first"), (finding.Status, finding.Problem));
        Assert.Equal("last", finding.Unless(false, HealthStatus.Down, "last").Problem);
    }

    [Fact]
    public void The_fields_of_Redis_are_read_by_name()
    {
        var fields = RedisHealth.Parse("# Server\r\nredis_version:7.0.15\r\nexecutable:/usr/bin/redis:server\r\n\r\n");
        Assert.Equal(("7.0.15", "/usr/bin/redis:server", 2), (fields["redis_version"], fields["executable"], fields.Count));
    }

    private static JsonElement Fact(JsonElement parts, string part, string fact) => parts.GetProperty(part).GetProperty("facts").GetProperty(fact);
}
