using OpsConsole.Data.Figures;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Metrics;

/// <summary>Makes the charts of a picture.</summary>
public sealed class MetricsCharts
{
    private readonly MetricsPicture _picture;
    private readonly MetricsWindow _window;
    private readonly IReadOnlyList<string> _when;

    private MetricsCharts(MetricsPicture picture, ViewerTime viewer)
    {
        (_picture, _window) = (picture, picture.Window);
        _when = [.. Enumerable.Range(0, _window.Points).Select(i => StepWords.Of(viewer, picture.Address.Range, _window.Edges[i], _window.Edges[i + 1]))];
    }

    public static IReadOnlyList<MetricsChart> Of(MetricsPicture picture, ViewerTime viewer)
    {
        var charts = new MetricsCharts(picture, viewer);
        return [charts.Throughput(), charts.Failures(), charts.Spans("Wait", "time in the queue of what ended", point => point.Waits, "wait"), charts.Spans("Run time", "of what succeeded or failed", point => point.Runs(), "run"),
            charts.Gauge(charts.Depth()), charts.Gauge(charts.Oldest()), charts.Gauge(charts.Busy())];
    }

    private MetricsChart Throughput()
    {
        var good = Each(i => Rate(_picture.Points[i].Succeeded, i));
        var all = Each(i => Rate(_picture.Points[i].Ended, i));
        var came = Each(i => Rate(_picture.Points[i].Arrived, i));
        var was = Was(i => _picture.BeforePoints[i].Ended / _window.Compared(i).TotalMinutes);
        var top = ChartAxis.OfNumbers(Largest(all, came, was));
        return new MetricsChart("Throughput", "attempts per minute", $"{NumberText.Count(_picture.Total.Ended)} ended",
            [new("Succeeded", ChartLook.Good, good), new("Failed", ChartLook.Bad, all, good), new("Arrived", ChartLook.Side, came), new("Before", ChartLook.Was, was)],
            top, ChartAxis.Number, Points(i => _picture.Points[i] is var point
                ? $"{NumberText.Count(point.Succeeded)} succeeded, {NumberText.Count(point.Failed)} failed, {NumberText.Count(point.Arrived)} arrived" : "", _ => null));
    }

    private MetricsChart Failures()
    {
        var share = Each(i => _picture.Points[i].FailureRate * 100);
        var was = Was(i => _picture.BeforePoints[i].FailureRate * 100);
        return new MetricsChart("Failure rate", "share of attempts", _picture.Total.FailureRate is { } rate ? ChartAxis.Percent(rate * 100) : "–",
            [new("Failed", ChartLook.Wrong, share), new("Before", ChartLook.Was, was)],
            ChartAxis.OfPercents(Largest(share, was)), ChartAxis.Percent,
            Points(i => $"{(share[i] is { } value ? ChartAxis.Percent(value) : "nothing ended")}, {NumberText.Count(_picture.Points[i].Failed)} of {NumberText.Count(_picture.Points[i].Ended)}", _ => "outcome:failure"));
    }

    private MetricsChart Spans(string title, string note, Func<FigureTotals, DurationHistogram> histogram, string field)
    {
        DurationHistogram[] all = [.. _picture.Points.Select(histogram)];
        IReadOnlyList<double?> Of(double share) => Each(i => all[i].Quantile(share)?.TotalMilliseconds);
        var (p50, p95, p99) = (Of(0.5), Of(0.95), Of(0.99));
        var was = Was(i => histogram(_picture.BeforePoints[i]).Quantile(0.95)?.TotalMilliseconds);
        return new MetricsChart(title, note, $"p95 {Text(histogram(_picture.Total).Quantile(0.95))}",
            [new("p50", ChartLook.Plain, p50), new("p95", ChartLook.Main, p95), new("p99", ChartLook.Faint, p99), new("p95 before", ChartLook.Was, was)],
            ChartAxis.OfSpans(Largest(p50, p95, p99, was)), ChartAxis.Span,
            Points(
                i => all[i].Count == 0 ? "nothing ended" : $"p50 {Text(all[i].Quantile(0.5))}, p95 {Text(all[i].Quantile(0.95))}, p99 {Text(all[i].Quantile(0.99))}",
                i => all[i].Quantile(0.95) is { } slow ? JobsBehind.AtLeast(field, slow) : null));
    }

    private MetricsChart Depth()
    {
        var (depth, most) = (Gauge(gauge => gauge.Depth), Gauge(gauge => (double)gauge.DepthMax));
        var was = WasGauge(gauge => gauge.Depth);
        return new MetricsChart("Queue depth", "jobs waiting", Now(gauge => NumberText.Measure(Math.Round(gauge.Depth, 1))),
            [new("Average", ChartLook.Plain, depth), new("Most", ChartLook.Faint, most), new("Before", ChartLook.Was, was)],
            ChartAxis.OfThings(Largest(most, was)), ChartAxis.Number,
            GaugePoints(gauge => $"{NumberText.Measure(gauge.Depth)} waiting on average, {NumberText.Count(gauge.DepthMax)} at most"));
    }

    private MetricsChart Oldest()
    {
        var oldest = Gauge(gauge => (double)gauge.OldestMaxMs);
        var was = WasGauge(gauge => (double)gauge.OldestMaxMs);
        return new MetricsChart("Oldest waiting", "longest wait seen", Now(gauge => Text(TimeSpan.FromMilliseconds(gauge.OldestMaxMs))),
            [new("Oldest", ChartLook.Main, oldest), new("Before", ChartLook.Was, was)],
            ChartAxis.OfSpans(Largest(oldest, was)), ChartAxis.Span,
            GaugePoints(gauge => $"oldest {Text(TimeSpan.FromMilliseconds(gauge.OldestMaxMs))}"));
    }

    private MetricsChart Busy()
    {
        var busy = Gauge(gauge => gauge.Busy);
        // A queue has no slots of its own.
        var slots = _picture.Address.Filter.Queue is null ? Gauge(gauge => gauge.Slots) : [];
        var was = WasGauge(gauge => gauge.Busy);
        return new MetricsChart("Busy slots", "jobs running", Now(gauge => NumberText.Measure(Math.Round(gauge.Busy, 1)) + (gauge.Slots > 0 ? $" of {NumberText.Measure(gauge.Slots)}" : "")),
            [new("Busy", ChartLook.Plain, busy), new("Slots", ChartLook.Limit, slots), new("Before", ChartLook.Was, was)],
            ChartAxis.OfThings(Largest(busy, slots, was)), ChartAxis.Number,
            GaugePoints(gauge => $"{NumberText.Measure(gauge.Busy)} busy on average, {NumberText.Count(gauge.BusyMax)} at most"));
    }

    /// <summary>What waits and runs is sampled by queue alone: where a job type or host is asked for, these charts show more than that.</summary>
    private string? Wider => _picture.Address.Filter switch
    {
        { Type: null, Host: null } => null,
        { Queue: { } queue } => "all of queue " + SafeText.Inline(queue, 40),
        _ => "whole fleet",
    };

    private MetricsChart Gauge(MetricsChart chart) => chart with { Wider = Wider };

    /// <summary>Points of a gauge say and lead to what it was sampled of.</summary>
    private List<ChartPoint> GaugePoints(Func<GaugePoint, string> words) => [.. Enumerable.Range(0, _window.Points).Select(i => new ChartPoint(
        $"{_when[i]}{(Wider is { } wider ? $", {wider}" : "")}: {(_picture.Gauges[i] is { } gauge ? words(gauge) : "nobody looked")}",
        JobsBehind.Href(_picture.Address.Filter with { Type = null, Host = null }, _window.Edges[i], _window.Edges[i + 1])))];

    private string Now(Func<GaugePoint, string> words) => _picture.Gauges.LastOrDefault(gauge => gauge is not null) is { } last ? "last " + words(last) : "–";

    // Before anything was known nothing was counted, which is not the same as nothing happening.
    private double? Rate(long count, int point) =>
        _window.Elapsed(point).TotalMinutes is > 0 and var minutes && _picture.KnownSince < _window.Edges[point + 1] ? count / minutes : null;

    private double?[] Each(Func<int, double?> value) => [.. Enumerable.Range(0, _window.Points).Select(value)];

    private double?[] Was(Func<int, double?> value) => _picture.BeforePoints.Count == 0 ? [] : Each(value);

    private double?[] Gauge(Func<GaugePoint, double> value) => Each(i => _picture.Gauges[i] is { } gauge ? value(gauge) : null);

    private double?[] WasGauge(Func<GaugePoint, double> value) => _picture.BeforeGauges.Count == 0 ? [] : Each(i => _picture.BeforeGauges[i] is { } gauge ? value(gauge) : null);

    private List<ChartPoint> Points(Func<int, string> words, Func<int, string?> terms) => [.. Enumerable.Range(0, _window.Points).Select(i => new ChartPoint(
        $"{_when[i]}: {words(i)}", JobsBehind.Href(_picture.Address.Filter, _window.Edges[i], _window.Edges[i + 1], terms(i))))];

    private static double Largest(params IReadOnlyList<double?>[] series) => series.SelectMany(values => values).Max() ?? 0;

    private static string Text(TimeSpan? span) => span is { } known ? TimeText.Measured(known) : "–";
}
