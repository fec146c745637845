using System.Diagnostics;
using OpsConsole.Bench.Circuits;
using OpsConsole.Bench.History;

namespace OpsConsole.Bench.EventToPage;

/// <summary>
/// Fifty people look at live pages while the fleet writes 1,000 events a second. One of them is a real browser, which says when an event
/// stands in its document; the others speak the protocol of one, and say when the drawing has come.
/// </summary>
internal sealed class ViewersScenario : IScenario
{
    private const int JobsPerSecond = 334;
    private const int Slots = 20;
    private static readonly (string Path, int Viewers)[] Pages = [("/", 29), ("/queues", 5), ("/workers", 5), ("/jobs", 5), ("/failures", 5)];

    public string Name => "viewers";

    public string About => "1,000 events/s and 50 viewers of live pages: an event is on screen within 250 ms (p99), and the console takes at most one core";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var seconds = settings.Quick ? 10 : 30;
        var prefix = BenchHost.NewPrefix();
        await using var database = await BenchDatabase.OpenAsync(settings);
        await BenchHost.PublishTypesAsync(settings, prefix);
        await using var host = await BenchHost.StartAsync(settings, prefix, Slots);
        await using var console = await ConsoleProcess.StartAsync(new ConsoleSettings(settings.Redis, prefix, database.ConnectionString));
        using var session = await CircuitSession.OpenAsync(console);
        await using var browser = await Viewing.OpenAsync(console.Address, 1);
        using var stop = new CancellationTokenSource();
        var load = FleetLoad.MakeAsync(host.Client, JobsPerSecond, stop.Token);
        var watchers = new List<Watcher>();
        foreach (var page in Pages)
            for (var viewer = 0; viewer < page.Viewers; viewer++)
                watchers.Add(await Watcher.OpenAsync(session, page.Path));
        await Task.Delay(TimeSpan.FromSeconds(5));

        var (cpu, bytes, batches, since) = (console.ProcessorTime, watchers.Sum(one => one.Circuit.Bytes), watchers.Sum(one => one.Circuit.Batches), Stopwatch.GetTimestamp());
        watchers.ForEach(watcher => watcher.Begin());
        await browser.BeginAsync();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var real = await browser.EndAsync();
        var seen = watchers.Select(watcher => watcher.End()).OfType<Sightings>().ToList();
        var elapsed = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var share = (console.ProcessorTime - cpu).TotalSeconds / elapsed * 100;
        var (drawn, drawings) = (watchers.Sum(one => one.Circuit.Bytes) - bytes, watchers.Sum(one => one.Circuit.Batches) - batches);
        await stop.CancelAsync();
        await load;

        var events = await FleetLoad.EventsAsync(host, seen.Concat(real).Min(one => one.First), seen.Concat(real).Max(one => one.Last));
        var delays = seen.SelectMany(one => one.DelaysOf(events)).ToArray();
        var inBrowser = real.SelectMany(one => one.DelaysOf(events)).ToArray();
        var broken = watchers.Count(watcher => watcher.Circuit.Fault is not null);
        foreach (var watcher in watchers)
            await watcher.DisposeAsync();
        await host.ClearAsync();
        return new BenchReport(Name, $"{watchers.Count + 1} viewers, {events.Count:N0} events in {elapsed:0} s, {delays.Length + inBrowser.Length:N0} arrivals on a page",
        [
            new Figure("p50_ms", Percentile.Of(delays, 0.50)),
            new Figure("p99_ms", Percentile.Of(delays, 0.99), AtMost: 250),
            new Figure("max_ms", Percentile.Of(delays, 1)),
            new Figure("browser_p50_ms", Percentile.Of(inBrowser, 0.50)),
            new Figure("browser_p99_ms", Percentile.Of(inBrowser, 0.99), AtMost: 250),
            new Figure("events_per_s", events.Count / elapsed, AtLeast: 950),
            new Figure("console_cpu_percent", share, AtMost: 100),
            new Figure("console_memory_mb", console.MemoryMegabytes),
            new Figure("drawings_per_viewer_per_s", drawings / elapsed / watchers.Count),
            new Figure("kb_per_drawing", drawn / 1e3 / drawings),
            new Figure("broken", broken, AtMost: 0),
        ]);
    }
}
