using Microsoft.Extensions.Options;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.History;

/// <summary>What a term of the ingestion is made of.</summary>
internal sealed class IngestServices(
    HistoryStore store, JobEventReader reader, JobFactsReader facts, JobCatalogue catalogue, JobInspector inspector, FleetRefresh? fleet, IOptions<HistoryOptions> options, TimeProvider time)
{
    private readonly AttemptBuilder _attempts = new(options.Value);

    public HistoryStore Store => store;

    public JobEventReader Reader => reader;

    public HistoryOptions Options => options.Value;

    public TimeProvider Time => time;

    /// <summary>Now, by the clock of Redis.</summary>
    public DateTimeOffset RedisNow() => time.GetUtcNow() + (fleet?.ClockAhead ?? TimeSpan.Zero);

    public EventBuilder NewBuilder(ILogger log) => new(facts, catalogue, new WorkerPlaces(inspector, time), _attempts, log);
}
