using System.Diagnostics;
using OpsConsole.Data.Figures;

namespace OpsConsole.Bench.Metrics;

/// <summary>Reads what the metrics page of a month shows: its days, the days before, both lists, gauges, heat map and deploys.</summary>
internal sealed class MonthOfFigures(FigureStore figures, GaugeStore gauges, DateTimeOffset until)
{
    private const int Days = 30;
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>Milliseconds that one reading takes, and how many attempts it found.</summary>
    public async Task<(double Milliseconds, long Attempts)> ReadAsync(FigureFilter filter)
    {
        var watch = Stopwatch.StartNew();
        var (now, before) = (Edges(0), Edges(Days));
        var month = await figures.GetSeriesAsync(filter, now);
        await figures.GetSeriesAsync(filter, before);
        await figures.GetByAsync(FigureFacet.Type, filter, now[0], now[^1]);
        await figures.GetByAsync(FigureFacet.Type, filter, before[0], before[^1]);
        await gauges.GetSeriesAsync(filter.Queue, now);
        await figures.GetWeekAsync(filter, now[0], now[^1], Zone);
        await figures.GetDeploysAsync(now[0], now[^1]);
        return (watch.Elapsed.TotalMilliseconds, month.Sum(day => day.Ended));
    }

    private DateTimeOffset[] Edges(int daysBack)
    {
        var last = TimeZoneInfo.ConvertTime(until, Zone).Date.AddDays(1 - daysBack);
        return [.. Enumerable.Range(0, Days + 1).Select(day => last.AddDays(day - Days)).Select(local => new DateTimeOffset(local, Zone.GetUtcOffset(local)))];
    }
}
