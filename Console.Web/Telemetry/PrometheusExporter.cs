using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OpsConsole.Web.Telemetry;

/// <summary>Keeps the text of the last collection, which somebody asked for.</summary>
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock _gate = new();
    private string _text = "";

    public Func<int, bool>? Collect { get; set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var metrics = new List<Metric>();
        foreach (var metric in batch)
            metrics.Add(metric);
        _text = PrometheusText.Write(metrics);
        return ExportResult.Success;
    }

    /// <summary>The text of now, or null when it could not be collected in time.</summary>
    public string? Scrape(TimeSpan limit)
    {
        lock (_gate)
            return Collect?.Invoke((int)limit.TotalMilliseconds) == true ? _text : null;
    }
}
