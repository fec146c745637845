using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsConsole.Data.Failures;
using OpsConsole.Data.History;
using OpsConsole.Tests.Data.Failures;
using StackExchange.Redis;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Browser;

/// <summary>What nobody should have written into Redis: every page shows it as text, goes on working, and the log stays clean.</summary>
[Collection(BrowserTests.Name)]
public partial class HostileDataTests(Chromium chromium)
{
    private const string Script = "<script>window.struck=1</script><img src=x onerror='window.struck=1'>\"'&";
    private const string Backwards = "\u202Egnp.esra\u202C שלום";
    private static readonly string s_long = new('W', 3_000);

    [Fact]
    public async Task Hostile_text_in_every_field_is_only_text()
    {
        await using var site = new WalkSite(chromium);
        var database = await WalkSite.RedisAsync();
        var keys = site.Keys;
        string[] texts = [Script, Backwards, s_long, "nul\0nul", "half \ud83d", "javascript:window.struck=1"];
        foreach (var (text, i) in texts.Select((text, i) => (Safe(text), i)))
        {
            await JobAsync(database, site, $"failed{i}", "Failed", text);
            await database.SortedSetAddAsync(keys.Failed, $"failed{i}", 1_795_204_680 + i);
            await JobAsync(database, site, $"done{i}", "Succeeded", text);
            await database.ListLeftPushAsync(keys.Succeeded, $"done{i}");
            await JobAsync(database, site, $"runs{i}", "Processing", text);
            await database.SortedSetAddAsync(keys.Processing, $"runs{i}", 1_795_204_680 + i);
            await database.SetAddAsync(keys.Queues, text);
            await database.ListLeftPushAsync(keys.Queue(text), $"waits{i}");
            await JobAsync(database, site, $"waits{i}", "Enqueued", text);
            await database.HashSetAsync(keys.Paused, text, $$"""{"by":{{Json(text)}},"reason":{{Json(text)}},"at":"1795204680000"}""");
            var worker = text[..Math.Min(300, text.Length)] + ":1:a";
            await database.SetAddAsync(keys.Servers, worker);
            await database.HashSetAsync(keys.Server(worker), [new("WorkerCount", "2"), new("StartedAt", "1795204680000"), new("Heartbeat", "1795204680000")]);
            await database.ListRightPushAsync(keys.ServerQueues(worker), text);
        }
        await site.InitializeAsync();
        await using var window = await site.SignInAsync();

        var named = Uri.EscapeDataString(Script);
        foreach (var path in (string[])
        [
            "/", "/jobs", "/jobs?state=failed", "/jobs?state=processing", "/jobs?state=succeeded", "/jobs?state=enqueued", "/queues", "/workers", "/failures/jobs", "/failures", .. await FailuresAsync(site, texts),
            .. texts.SelectMany((_, i) => (string[])[$"/jobs/failed{i}", $"/jobs/runs{i}"]), "/jobs/done0", "/jobs/waits0",
            "/queues/" + named, "/workers/" + named + ":1:a", "/jobs?type=" + named, "/jobs/" + named, "/trigger/" + named,
        ])
            await SeeAliveAsync(window, path);
        await window.GoAsync("/jobs/failed0");
        await Expect(window.Heading).ToContainTextAsync("<img src=x onerror");
        await Expect(window.Page.Locator(".exception").First).ToContainTextAsync("<img src=x onerror");
        await Expect(window.Page.Locator("table.states")).ToContainTextAsync("<script>");
        Assert.Empty(window.Faults);
        Assert.Empty(site.Log.Errors);
    }

    [Fact]
    public async Task Jobs_of_which_parts_are_missing_or_broken_are_honest_rows()
    {
        await using var site = new WalkSite(chromium);
        var database = await WalkSite.RedisAsync();
        var keys = site.Keys;
        await database.SetAddAsync(keys.Queues, "default");
        await database.ListLeftPushAsync(keys.Queue("default"), "ghost-waiting");
        await database.SortedSetAddAsync(keys.Failed, "ghost-failed", 1_795_204_680);
        await database.SortedSetAddAsync(keys.Processing, "ghost-running", 1_795_204_680);
        await database.ListLeftPushAsync(keys.Succeeded, "ghost-done");
        var broken = new Dictionary<string, HashEntry[]>
        {
            ["stateless"] = [new("State", "")],
            ["unknown-state"] = [new("State", "Parked")],
            ["bad-arguments"] = [new("Arguments", "{ not json")],
            ["bad-types"] = [new("ParameterTypes", "[[[")],
            ["lone-surrogate"] = [new("Arguments", """["\"\\ud83d\""]""")],
            ["huge"] = [new("Arguments", "[\"\\\"" + new string('x', 1_000_000) + "\\\"\"]")],
            ["deep"] = [new("Arguments", "[\"" + new string('[', 5_000) + "\"]")],
        };
        foreach (var (id, fields) in broken)
        {
            await JobAsync(database, site, id, "Failed", "text");
            await database.HashSetAsync(keys.Job(id), fields);
            await database.SortedSetAddAsync(keys.Failed, id, 1_795_204_681);
        }
        await JobAsync(database, site, "no-state-data", "Failed", "text");
        await database.KeyDeleteAsync([keys.JobStateData("no-state-data"), keys.JobHistory("no-state-data")]);
        await database.SortedSetAddAsync(keys.Failed, "no-state-data", 1_795_204_682);
        await site.InitializeAsync();
        await using var window = await site.SignInAsync();

        foreach (var (path, id) in new[] { ("enqueued", "ghost-waiting"), ("failed", "ghost-failed"), ("processing", "ghost-running"), ("succeeded", "ghost-done"), ("failed", "no-state-data") })
        {
            await SeeAliveAsync(window, "/jobs?state=" + path, async page =>
                await Expect(page.Locator($"tr:has(a[href='/jobs/{id}']) [aria-label='Half there']")).ToHaveCountAsync(1));
        }
        await SeeAliveAsync(window, "/failures/jobs");
        foreach (var id in broken.Keys.Append("no-state-data"))
        {
            await SeeAliveAsync(window, "/jobs/" + id, async page =>
            {
                await Expect(page.Locator("main .meta")).ToContainTextAsync(id);
                await Expect(page.Locator("main")).ToContainTextAsync("No job host has published the type");
                await Expect(page.GetByText("only half there")).ToHaveCountAsync(id is "lone-surrogate" or "huge" or "deep" ? 0 : 1);
            });
        }
        foreach (var id in new[] { "ghost-waiting", "ghost-failed", "ghost-running", "ghost-done" })
        {
            await SeeAliveAsync(window, "/jobs/" + id, page => Expect(page.Locator("main")).ToContainTextAsync(id));
        }
        Assert.Empty(window.Faults);
        Assert.Empty(site.Log.Errors);
    }

    /// <summary>The page stands, nothing on it has run, and its circuit still answers a click.</summary>
    private static async Task SeeAliveAsync(Window window, string path, Func<IPage, Task>? see = null)
    {
        await window.GoAsync(path);
        await Expect(window.Page.Locator("main h1, main h2").First).ToBeVisibleAsync();
        Assert.False(await window.Page.EvaluateAsync<bool>("() => 'struck' in window"), $"A script ran on {path}.");
        if (see is not null)
            await see(window.Page);
        await window.Page.FillAsync("form.find input", "alive");
        await window.Page.PressAsync("form.find input", "Enter");
        await AnsweredAsync(window.Page, path);
        await Expect(window.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        Assert.True(await window.WasNotReloadedAsync(), $"{path} had no living circuit.");
    }

    private static async Task AnsweredAsync(IPage page, string path)
    {
        try
        {
            await Expect(page).ToHaveURLAsync(SearchResult());
        }
        catch (PlaywrightException e)
        {
            throw new InvalidOperationException($"{path} did not answer. It shows: {await page.Locator("body").InnerTextAsync()}", e);
        }
    }

    /// <summary>Groups of failures in which every text is one of these.</summary>
    /// <returns>Addresses of their pages.</returns>
    private static async Task<string[]> FailuresAsync(WalkSite site, string[] texts)
    {
        var rows = texts.Select((text, i) => SomeFailures.Failure(DateTimeOffset.UtcNow.AddMinutes(-i), text, text, jobId: text) with
        {
            Type = text,
            Queue = text,
            Worker = text,
            Host = text,
            Version = text,
            Stack = $"{text}: {text}\n   at {text}()",
            Failure = FailureFingerprint.Of(text, text, text, $"   at {text}()"),
        }).ToArray();
        await SomeFailures.StoreAsync(site.Services.GetRequiredService<HistoryDatabase>().Writing, rows);
        return [.. rows.Select(row => "/failures/" + row.Failure!.Id)];
    }

    private static async Task JobAsync(IDatabase database, WalkSite site, string id, string state, string text)
    {
        await database.HashSetAsync(site.Keys.Job(id),
        [
            new("Type", text + ", Assembly"), new("Method", text), new("ParameterTypes", $"[{Json("System.String, " + text)}]"), new("Arguments", $"[{Json(Json(text))}]"),
            new("CreatedAt", "1795204680000"), new("State", state), new("Custom" + text[..Math.Min(20, text.Length)], Json(text)),
        ]);
        await database.HashSetAsync(site.Keys.JobStateData(id),
        [
            new("State", state), new("Reason", text), new("Queue", text), new("EnqueuedAt", "1795204680000"), new("StartedAt", "1795204680000"), new("FailedAt", "1795204680000"), new("SucceededAt", "1795204680000"),
            new("ServerId", text + ":1:a"), new("Result", Json(text)), new("ExceptionType", text), new("ExceptionMessage", text), new("ExceptionDetails", text + "\n   at " + text + "()"),
        ]);
        await database.ListRightPushAsync(site.Keys.JobHistory(id),
            $$"""{"State":{{Json(state)}},"Reason":{{Json(text)}},"CreatedAt":"1795204680000","ServerId":{{Json(text)}},"ExceptionType":{{Json(text)}},"ExceptionMessage":{{Json(text)}},"ExceptionDetails":{{Json(text)}}}""");
        await database.HashSetAsync(site.Keys.Progress(id), [new("Percent", "50"), new("Text", text)]);
        await database.ListRightPushAsync(site.Keys.Log(id), $$"""{"at":"1795204680000","level":"Info","text":{{Json(text)}}}""");
    }

    [GeneratedRegex(@"/jobs\?type=alive$")]
    private static partial Regex SearchResult();

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    // Redis keeps bytes; a half of a character is written there as what encoders make of it.
    private static string Safe(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
