using OpsConsole.Data.Figures;

namespace OpsConsole.Tests.Data.Figures;

public sealed class GaugeStoreTests : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private readonly DataSpace _space = new();

    private GaugeStore Gauges => _space.Get<GaugeStore>();

    private DateTimeOffset Noon => FigureGrain.Day.Floor(_space.Time.GetUtcNow()).AddHours(-12);

    public ValueTask InitializeAsync() => _space.InitializeAsync();

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task A_minute_counts_once_whoever_looked()
    {
        await Gauges.WriteAsync(Noon.AddSeconds(2), [Of("", 10, 500), Of("mail", 10, 500)], cancel: Cancel);
        await Gauges.WriteAsync(Noon.AddSeconds(40), [Of("", 99, 9_000), Of("mail", 99, 9_000)], cancel: Cancel);
        await Gauges.WriteAsync(Noon.AddMinutes(1), [Of("", 20, 700)], cancel: Cancel);

        foreach (var from in (DateTimeOffset[])[Noon, FigureGrain.Day.Floor(Noon)])
            Assert.Equal([new GaugePoint(2, 15, 20, 700, 3, 3, 8, 2)], await Gauges.GetSeriesAsync(null, [from, Noon.AddHours(12)], cancel: Cancel));
        Assert.Equal(10, (await Gauges.GetSeriesAsync("mail", [Noon, Noon.AddHours(12)], cancel: Cancel))[0]!.Depth);
    }

    [Fact]
    public async Task Where_nobody_looked_there_is_nothing()
    {
        await Gauges.WriteAsync(Noon, [Of("", 1, 0)], cancel: Cancel);
        await Gauges.WriteAsync(Noon.AddMinutes(2), [Of("", 3, 0)], cancel: Cancel);

        var points = await Gauges.GetSeriesAsync(null, [Noon, Noon.AddMinutes(1), Noon.AddMinutes(2), Noon.AddMinutes(3)], cancel: Cancel);

        Assert.Equal([1, null, 3], points.Select(point => point?.Depth));
    }

    private static GaugeSample Of(string queue, long depth, long oldestMs) => new(queue, depth, oldestMs, 3, 8, 2);
}
