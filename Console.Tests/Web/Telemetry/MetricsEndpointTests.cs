using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Operators;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Telemetry;

[Collection(MetersOfOneProcess.Name)]
public partial class MetricsEndpointTests(ConsoleSite site) : IClassFixture<ConsoleSite>
{
    private const string Token = "a-token-of-sixteen";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_token_and_account_nothing_is_told()
    {
        var answer = await site.CreateClient().GetAsync("/metrics", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("opsconsole", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_is_refused()
    {
        using var guarded = Guarded();

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(guarded.CreateClient(), "a-token-of-nobody")).StatusCode);
    }

    [Fact]
    public async Task Ends_of_attempts_are_counted_by_type_queue_and_outcome()
    {
        using var guarded = Guarded();
        var client = guarded.CreateClient();
        await GetAsync(client, Token);
        foreach (var listener in guarded.Services.GetServices<IJobEventListener>())
            listener.Apply([Ended("succeeded", "counted"), Ended("succeeded", "counted"), Ended("retrying", "counted"), Ended("succeeded", "counted") with { At = DateTimeOffset.UtcNow.AddHours(-1) }]);

        var text = await (await GetAsync(client, Token)).Content.ReadAsStringAsync(Cancel);

        Assert.Contains("""opsconsole_jobs_total{outcome="succeeded",queue="counted",type="Reports.Make"} 2""" + "\n", text, StringComparison.Ordinal);
        Assert.Contains("""opsconsole_job_retries_total{queue="counted",type="Reports.Make"} 1""" + "\n", text, StringComparison.Ordinal);
        Assert.Contains("""opsconsole_job_run_seconds_bucket{queue="counted",type="Reports.Make",le="2.5"} 3""" + "\n", text, StringComparison.Ordinal);
        Assert.Contains("""opsconsole_job_run_seconds_count{queue="counted",type="Reports.Make"} 3""" + "\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_is_of_the_text_format_and_every_name_has_one_heading()
    {
        var visitor = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Viewer));

        var answer = await visitor.OpenAsync("/metrics");
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).TrimEnd('\n').Split('\n');

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.All(lines, line => Assert.Matches(Line(), line));
        var headings = lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        Assert.Equal(headings.Distinct(), headings);
        Assert.Contains("process_resident_memory_bytes", headings);
        Assert.Contains("process_cpu_seconds_total", headings);
    }

    private Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory<OpsConsole.Web.Shell.App> Guarded() =>
        site.WithWebHostBuilder(host => host.UseSetting("Telemetry:Token", Token));

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("Authorization", "Bearer " + token);
        return await client.SendAsync(request, Cancel);
    }

    private static JobEvent Ended(string kind, string queue) => new()
    {
        Position = "1-1",
        At = DateTimeOffset.UtcNow.AddMinutes(1),
        Kind = kind,
        Subject = "one",
        Type = "Fleet.Reports.Make",
        Queue = queue,
        Details = System.Text.Json.JsonDocument.Parse("""{"attempt":1,"run":1200,"wait":3}""").RootElement,
    };

    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_]\w* .*|[a-zA-Z_]\w*(\{[a-zA-Z_]\w*="([^"\\]|\\.)*"(,[a-zA-Z_]\w*="([^"\\]|\\.)*")*\})? (\+Inf|-Inf|NaN|-?[0-9.E+-]+))$""")]
    private static partial Regex Line();
}
