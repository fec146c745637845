using OpsConsole.Data.Operators;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Tests.Browser;

public sealed class EveryPageTests(BrowserSite site) : IClassFixture<BrowserSite>
{
    private const string Hostile = "<script>alert(1)</script> \u202E drawkcab \"'&";

    [Theory]
    [InlineData("light", 1440)]
    [InlineData("dark", 1440)]
    [InlineData("light", 390)]
    [InlineData("dark", 390)]
    public async Task Every_page_is_whole_accessible_and_fits_its_window(string theme, int width)
    {
        var paths = await PathsAsync();
        var problems = new List<string>();
        await using (var stranger = await site.OpenAsync(theme, width))
        {
            foreach (var path in (string[])["/sign-in", "/set-up?token=wrong"])
            {
                await stranger.GoAsync(path, isInteractive: false);
                problems.AddRange((await stranger.ProblemsAsync()).Select(problem => $"{path}: {problem}"));
            }
        }

        await using var view = await site.SignInAsync(OperatorRole.Administrator, theme, width);
        foreach (var path in paths)
        {
            await view.GoAsync(path);
            problems.AddRange((await view.ProblemsAsync()).Select(problem => $"{path}: {problem}"));
        }

        Assert.Empty(problems);
    }

    private async Task<IReadOnlyList<string>> PathsAsync()
    {
        var done = await site.RunAsync("browser.greet", """{ "name": "Ada" }""", JobEventKinds.Succeeded);
        var failed = await site.RunAsync("browser.break", System.Text.Json.JsonSerializer.Serialize(new { message = Hostile }), JobEventKinds.Failed);
        var retrying = await site.RunAsync("browser.stumble", "{}", JobEventKinds.Retrying);
        var running = await site.RunAsync("browser.wait", "{}", JobEventKinds.Progress);
        var scheduled = await site.RunAsync("browser.greet", """{ "name": "Grace" }""", JobEventKinds.Scheduled, new EnqueueOptions { At = DateTimeOffset.UnixEpoch.AddYears(100) });
        string[] jobs = [done, failed, retrying, running, scheduled, "no-such-job"];
        return
        [
            "/", "/workers", "/workers/" + Uri.EscapeDataString(site.WorkerId), "/queues", "/queues/browser", "/jobs", "/jobs?state=failed",
            .. jobs.Select(id => "/jobs/" + id), "/failures", "/trigger", "/trigger/browser.greet", "/audit", "/users", "/account",
            "/queues/no-such-queue", "/workers/no-such-worker", "/trigger/no.such.type",
        ];
    }
}
