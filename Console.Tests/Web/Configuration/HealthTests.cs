using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Web.Configuration;

public class HealthTests(ConsoleSite site) : IClassFixture<ConsoleSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_both_servers_the_console_is_ready()
    {
        var (status, checks) = await ReadyAsync(site.CreateClient());

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["database up", "redis up"], checks);
    }

    [Fact]
    public async Task Without_Redis_it_is_alive_but_not_ready()
    {
        using var without = site.WithWebHostBuilder(host => host.UseSetting("Jobs:Redis", "127.0.0.1:1,connectTimeout=200").UseSetting("Jobs:TimeoutMilliseconds", "500"));
        var client = without.CreateClient();

        var (status, checks) = await ReadyAsync(client);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(["database up", "redis down"], checks);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Without_the_database_it_listens_and_says_so()
    {
        using var without = site.WithWebHostBuilder(host => host.UseSetting("Database:ConnectionString", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2"));
        var visitor = new SiteVisitor(without.CreateClient());

        var (status, checks) = await ReadyAsync(visitor.Http);
        var page = await visitor.OpenAsync("/sign-in");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(["database down", "redis up"], checks);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("The database does not answer", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/health/live")).StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string[] Checks)> ReadyAsync(HttpClient client)
    {
        var answer = await client.GetAsync("/health/ready", Cancel);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.All(json.RootElement.GetProperty("checks").EnumerateArray(), check => Assert.Equal(["name", "status", "milliseconds"], check.EnumerateObject().Select(p => p.Name)));
        return (answer.StatusCode, [.. json.RootElement.GetProperty("checks").EnumerateArray().Select(check => $"{check.GetProperty("name")} {check.GetProperty("status")}")]);
    }
}
