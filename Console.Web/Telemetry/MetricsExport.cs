using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpsConsole.Web.Configuration;

namespace OpsConsole.Web.Telemetry;

/// <summary>Collects the meters of this process for those who scrape, and sends them on when an address is set.</summary>
internal sealed class MetricsExport : IHostedService, IDisposable
{
    // As many as 200 types in a few queues with six outcomes make; room for all of them is taken at the start.
    private const int MostJobSeries = 5_000;
    // 200 queues, and then some.
    private const int MostSeries = 500;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;

    // What is measured is made before it is asked for: the meters live as long as this.
    public MetricsExport(FleetMeters fleet, ProcessMeters process, IOptions<TelemetryOptions> options)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(process);
        var builder = Sdk.CreateMeterProviderBuilder()
            .AddMeter(TelemetryServices.Meter, ConsoleMeters.Schedules, "System.Runtime")
            .AddView(instrument => new MetricStreamConfiguration { CardinalityLimit = IsOfJobs(instrument) ? MostJobSeries : MostSeries })
            .AddReader(new BaseExportingMetricReader(_exporter));
        if (options.Value.OtlpEndpoint is { Length: > 0 } endpoint)
        {
            builder.AddOtlpExporter((otlp, reader) =>
            {
                otlp.Endpoint = new Uri(endpoint);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.Value.OtlpEverySeconds * 1_000;
            });
        }
        _provider = builder.Build();
    }

    /// <summary>The text of now, or null when it could not be collected in time.</summary>
    public string? Scrape() => _exporter.Scrape(Limit);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _provider.Dispose();

    private static bool IsOfJobs(Instrument instrument) => instrument.Meter.Name == TelemetryServices.Meter && instrument is Counter<long> or Histogram<double>;
}
