using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using OpsConsole.Bench;

namespace OpsConsole.Chaos.Memory;

/// <summary>What a console still refers to, after a full collection that is forced on it from outside.</summary>
internal sealed class ForcedCollection(ConsoleProcess console) : IDisposable
{
    // A session that asks the runtime for this makes it collect all generations once.
    private const long GcHeapCollect = 0x800000;
    private const string Heap = "dotnet_gc_last_collection_heap_size";
    private const string Fragmentation = "dotnet_gc_last_collection_heap_fragmentation_size";
    private const string Collections = "dotnet_gc_collections";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly HttpClient _http = new();

    /// <returns>Size of the managed heap in MB, without the holes in it.</returns>
    public async Task<double> MegabytesAsync()
    {
        // What the first one finalizes goes with the second one.
        await CollectAsync();
        await CollectAsync();
        var metrics = await ScrapeAsync();
        return (Sum(metrics, Heap) - Sum(metrics, Fragmentation)) / 1e6;
    }

    public void Dispose() => _http.Dispose();

    private async Task CollectAsync()
    {
        var before = Full(await ScrapeAsync());
        using var session = await new DiagnosticsClient(console.ProcessId).StartEventPipeSessionAsync(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, GcHeapCollect)], requestRundown: false, circularBufferMB: 16, CancellationToken.None);
        var events = session.EventStream.CopyToAsync(Stream.Null);
        await Waiting.UntilAsync("the console collects", s_patience, async () => Full(await ScrapeAsync()) > before);
        await session.StopAsync(CancellationToken.None);
        await events;
    }

    private async Task<string[]> ScrapeAsync() => (await _http.GetStringAsync(new Uri(console.Address + "/metrics"))).Split('\n');

    private static double Full(string[] metrics) => Sum(metrics.Where(line => line.Contains("\"gen2\"", StringComparison.Ordinal)), Collections);

    private static double Sum(IEnumerable<string> metrics, string name) =>
        metrics.Where(line => line.StartsWith(name, StringComparison.Ordinal)).Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
}
