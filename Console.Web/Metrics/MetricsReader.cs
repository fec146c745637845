using OpsConsole.Data.Figures;

namespace OpsConsole.Web.Metrics;

/// <summary>All that the page shows.</summary>
public sealed record MetricsPicture
{
    public required MetricsAddress Address { get; init; }
    public required MetricsWindow Window { get; init; }
    public required IReadOnlyList<FigureTotals> Points { get; init; }
    public required FigureTotals Total { get; init; }
    /// <summary>Empty when nothing is compared, and when nothing was kept then.</summary>
    public IReadOnlyList<FigureTotals> BeforePoints { get; init; } = [];
    public FigureTotals? Before { get; init; }
    /// <summary>Of the filtered queue, else of the whole fleet.</summary>
    public IReadOnlyList<GaugePoint?> Gauges { get; init; } = [];
    public IReadOnlyList<GaugePoint?> BeforeGauges { get; init; } = [];
    public IReadOnlyList<NamedFigures> By { get; init; } = [];
    public IReadOnlyDictionary<string, FigureTotals> ByBefore { get; init; } = new Dictionary<string, FigureTotals>();
    public IReadOnlyList<Deploy> Deploys { get; init; } = [];
    public FigureNames Names { get; init; } = FigureNames.None;
    public WeekFigures Week { get; init; } = new();
    public DateTimeOffset WeekFrom { get; init; }
    /// <summary>Nothing is known from before; null when nothing is known at all.</summary>
    public DateTimeOffset? KnownSince { get; init; }
}

/// <summary>Reads what the page shows, at one moment.</summary>
public sealed class MetricsReader(FigureStore figures, GaugeStore gauges, TimeProvider time)
{
    // A heat map of less has cells that nothing was in.
    private static readonly TimeSpan WeekAtLeast = TimeSpan.FromDays(28);

    public async Task<MetricsPicture> ReadAsync(MetricsAddress address, TimeZoneInfo zone, CancellationToken cancel = default)
    {
        var window = MetricsWindow.Of(address.Range, address.Until, time.GetUtcNow(), zone);
        var points = await figures.GetSeriesAsync(address.Filter, window.Edges, cancel);
        var weekFrom = window.Until - window.From < WeekAtLeast ? window.Until - WeekAtLeast : window.From;
        var picture = new MetricsPicture
        {
            Address = address,
            Window = window,
            Points = points,
            Total = Sum(points),
            Gauges = await gauges.GetSeriesAsync(address.Filter.Queue, window.Edges, cancel),
            // What has only arrived so far has no host yet.
            By = [.. (await figures.GetByAsync(address.By, address.Filter, window.From, window.Until, cancel: cancel)).Where(named => named.Name.Length > 0 || named.Totals.Ended > 0)],
            Deploys = await figures.GetDeploysAsync(window.From, window.Until, address.Filter.Host, cancel),
            Week = await figures.GetWeekAsync(address.Filter, weekFrom, window.Until, zone, cancel),
            WeekFrom = weekFrom,
            Names = await figures.GetNamesAsync(window.From, window.Until, cancel),
            KnownSince = await figures.GetKnownSinceAsync(cancel),
        };
        return await CompareAsync(picture, cancel);
    }

    private async Task<MetricsPicture> CompareAsync(MetricsPicture picture, CancellationToken cancel)
    {
        var (address, window) = (picture.Address, picture.Window);
        if (address.Compare == MetricsCompare.None)
            return picture;
        var edges = address.Compare == MetricsCompare.Week ? window.WeeksBefore() : window.Before();
        // Half a stretch says nothing about the whole one.
        if (picture.KnownSince is not { } since || since > edges[1])
            return picture;
        // What is still running is compared with as much of the time before.
        if (window.IsRunning)
            edges = [.. edges.Take(edges.Count - 1), edges[^2] + window.Compared(window.Points - 1)];
        var points = await figures.GetSeriesAsync(address.Filter, edges, cancel);
        var by = await figures.GetByAsync(address.By, address.Filter, edges[0], edges[^1], cancel: cancel);
        return picture with
        {
            BeforePoints = points,
            Before = Sum(points),
            BeforeGauges = await gauges.GetSeriesAsync(address.Filter.Queue, edges, cancel),
            ByBefore = by.ToDictionary(named => named.Name, named => named.Totals, StringComparer.Ordinal),
        };
    }

    private static FigureTotals Sum(IReadOnlyList<FigureTotals> points)
    {
        var sum = new FigureTotals();
        foreach (var point in points)
            sum.AddAll(point);
        return sum;
    }
}
