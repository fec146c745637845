using System.Diagnostics;

namespace OpsConsole.Bench.EventToPage;

/// <summary>
/// How long after a job's event its effect stands on the Overview of every viewer, while 500 jobs/s run: the console is a
/// process of its own, the viewers are tabs of a real browser, and all clocks are this machine's.
/// </summary>
internal sealed class EventToPageScenario : IScenario
{
    private const int JobsPerSecond = 500;
    private const int Slots = 20;
    private const int Viewers = 10;

    public string Name => "event-to-page";

    public string About => "500 jobs/s and 10 viewers, all of them real browser pages (viewers is the larger one, on the wire): an event is on every screen within 100 ms (median) and 250 ms (p99)";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var seconds = settings.Quick ? 10 : 30;
        var prefix = BenchHost.NewPrefix();
        await BenchHost.PublishTypesAsync(settings, prefix);
        await using var host = await BenchHost.StartAsync(settings, prefix, Slots);
        await using var console = await ConsoleProcess.StartAsync(new ConsoleSettings(settings.Redis, prefix, settings.Postgres));
        await using var viewers = await Viewing.OpenAsync(console.Address, Viewers);
        using var stop = new CancellationTokenSource();
        var load = FleetLoad.MakeAsync(host.Client, JobsPerSecond, stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(5));

        var cpu = console.ProcessorTime;
        var since = Stopwatch.GetTimestamp();
        await viewers.BeginAsync();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var seen = await viewers.EndAsync();
        var elapsed = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var share = (console.ProcessorTime - cpu).TotalSeconds / elapsed * 100;
        await stop.CancelAsync();
        var made = await load;

        var events = await FleetLoad.EventsAsync(host, seen.Min(one => one.First), seen.Max(one => one.Last));
        var delays = seen.SelectMany(one => one.DelaysOf(events)).ToArray();
        await host.ClearAsync();
        return new BenchReport(Name, $"{Viewers} viewers, {events.Count:N0} events in {elapsed:0} s, {delays.Length:N0} arrivals on a screen",
        [
            new Figure("p50_ms", Percentile.Of(delays, 0.50), AtMost: 100),
            new Figure("p99_ms", Percentile.Of(delays, 0.99), AtMost: 250),
            new Figure("max_ms", Percentile.Of(delays, 1)),
            new Figure("events_per_s", events.Count / elapsed, AtLeast: JobsPerSecond * 2.5),
            new Figure("updates_per_viewer_per_s", seen.Sum(one => one.Count) / elapsed / Viewers),
            new Figure("console_cpu_percent", share),
            new Figure("jobs", made),
        ]);
    }
}
