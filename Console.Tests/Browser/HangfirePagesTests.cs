using System.Globalization;
using System.Text.Json;
using OpsConsole.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Browser;

/// <summary>What a real Hangfire left behind, as the console's pages show it; the figures are counted in the fixture itself.</summary>
[Collection(BrowserTests.Name)]
public class HangfirePagesTests(Chromium chromium)
{
    [Theory]
    [InlineData("rich-180")]
    [InlineData("compat170")]
    [InlineData("compat110-fulltypenames")]
    public async Task Pages_show_the_counts_and_states_that_Hangfire_left(string fixture)
    {
        await using var site = new WalkSite(chromium);
        await site.Space.LoadAsync(fixture);
        await site.InitializeAsync();
        var left = new Left(fixture);
        await using var window = await site.SignInAsync();

        foreach (var (state, count) in left.Counts)
        {
            await window.GoAsync("/jobs?state=" + state);
            await Expect(window.Page.Locator(".tabs [aria-current] b")).ToHaveTextAsync(count.ToString(CultureInfo.InvariantCulture));
            await Expect(window.Page.Locator("table.jobs tbody tr")).ToHaveCountAsync(count);
            await Expect(window.Page.Locator("table.jobs .defect")).ToHaveCountAsync(0);
        }
        await window.GoAsync("/queues");
        foreach (var (queue, depth) in left.Queues)
            await Expect(window.Page.Locator($".queue-table tr:has(a[href='/queues/{queue}']) td.num").First).ToHaveTextAsync(depth.ToString(CultureInfo.InvariantCulture));
        await window.GoAsync("/workers");
        foreach (var server in left.Servers)
            await Expect(window.Page.Locator("main")).ToContainTextAsync(server);
        await window.GoAsync("/failures/jobs");
        foreach (var id in left.Failed)
            await Expect(window.Page.Locator($"main a[href='/jobs/{id}']").First).ToBeVisibleAsync();
        foreach (var (id, state, method) in left.Samples)
        {
            await window.GoAsync("/jobs/" + id);
            await Expect(window.State).ToContainTextAsync(state);
            await Expect(window.Heading).ToContainTextAsync(method);
        }
        await window.GoAsync("/");
        await Expect(window.Page.Locator(".queue-table tbody tr")).ToHaveCountAsync(left.Queues.Count);
        Assert.Empty(window.Faults);
        Assert.Empty(site.Log.Errors);
    }

    /// <summary>The fixture, read without any code of the product.</summary>
    private sealed class Left
    {
        private readonly Dictionary<string, JsonElement> _keys = [];

        public Left(string fixture)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf($"Console.Tests/Fixtures/{fixture}.json")));
            foreach (var entry in document.RootElement.EnumerateArray())
            {
                var key = entry.GetProperty("key").GetString()!;
                _keys[key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]] = entry.GetProperty("value").Clone();
            }
        }

        public IReadOnlyDictionary<string, int> Counts => new Dictionary<string, int>
        {
            ["succeeded"] = Length("succeeded"),
            ["deleted"] = Length("deleted"),
            ["failed"] = Length("failed"),
            ["processing"] = Length("processing"),
            ["enqueued"] = Queues.Values.Sum(),
            ["retrying"] = Retrying.Count,
            ["scheduled"] = Length("schedule"),
        }.Where(count => count.Value > 0).ToDictionary();

        public IReadOnlyDictionary<string, int> Queues => Strings("queues").ToDictionary(queue => queue, queue => Length("queue:" + queue));

        public IEnumerable<string> Servers => Strings("servers").Select(id => id[..id.LastIndexOf(':')]);

        public IEnumerable<string> Failed => Members("failed");

        /// <summary>One job of each state that the fixture has: its id, its state and its method.</summary>
        public IEnumerable<(string Id, string State, string Method)> Samples =>
            _keys.Where(key => key.Key.StartsWith("job:", StringComparison.Ordinal) && key.Key.Count(c => c == ':') == 1 && key.Value.TryGetProperty("State", out _))
                .GroupBy(key => key.Value.GetProperty("State").GetString()!)
                .Where(jobs => jobs.Key != "Scheduled")
                .Select(jobs => (jobs.First().Key[4..], jobs.Key, jobs.First().Value.GetProperty("Method").GetString()!));

        private List<string> Retrying => [.. Members("retries").Where(id => Members("schedule").Contains(id))];

        private int Length(string key) => _keys.TryGetValue(key, out var value) ? value.GetArrayLength() : 0;

        private IEnumerable<string> Strings(string key) => _keys.TryGetValue(key, out var value) ? value.EnumerateArray().Select(item => item.GetString()!) : [];

        private List<string> Members(string key) =>
            _keys.TryGetValue(key, out var value) ? [.. value.EnumerateArray().Select(item => (item.ValueKind == JsonValueKind.Array ? item[0] : item).GetString()!)] : [];
    }
}
