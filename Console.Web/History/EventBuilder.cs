using OpsConsole.Data.History;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.History;

/// <summary>Turns events into what is stored of them: looks up in Redis what they do not say.</summary>
internal sealed class EventBuilder(JobFactsReader facts, JobCatalogue catalogue, WorkerPlaces places, AttemptBuilder attempts, ILogger log)
{
    private const int RowBytes = 600;
    private readonly JobNames _names = new();
    private IReadOnlyList<JobType>? _types;

    /// <exception cref="JobStorageException">Redis is away; ask again.</exception>
    public async Task<BuiltEvents> BuildAsync(ReadEvents read, CancellationToken cancel)
    {
        var events = read.Events;
        var ends = events.Where(e => JobFactsReader.IsEnd(e.Kind)).ToList();
        var known = await facts.ReadAsync(ends.ConvertAll(e => new AttemptEnd(e.Subject, e.At, e.Kind)), cancel);
        await LearnNamesAsync(cancel);
        await places.LearnAsync(events, cancel);
        var rows = new AttemptRow[ends.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = Row(ends[i], known[i]);
        return new BuiltEvents
        {
            FirstAt = events[0].At,
            Position = events[^1].Position,
            PositionAt = events[^1].At,
            Events = events.Count,
            Attempts = rows,
            Arrivals = Arrivals(events),
            HostStarts = [.. events.Where(e => e.Kind == JobEventKinds.WorkerStarted).Select(e => new HostStart(e.At, e.Text("host") ?? "", e.Text("version") ?? ""))],
            Gap = read.Gap,
            Bytes = rows.Sum(Size),
        };
    }

    // What hosts have written there is anybody's guess. One attempt that cannot be read must not hold up all that come after it.
    private AttemptRow Row(JobEvent end, JobFacts known)
    {
        var (type, place) = (_names.Of(end.Type), places.Of(end.Worker));
        try
        {
            return attempts.Build(end, known, type, place);
        }
        catch (Exception e)
        {
            log.LogError(e, "What Redis holds of job {Job} could not be read; its attempt is stored with what its event says.", end.Subject);
            return attempts.Build(end, null, type, place);
        }
    }

    private async Task LearnNamesAsync(CancellationToken cancel)
    {
        var types = await catalogue.GetAsync(cancel);
        if (ReferenceEquals(types, _types))
            return;
        _names.Reset(types);
        _types = types;
    }

    private Dictionary<ArrivalKey, int> Arrivals(IReadOnlyList<JobEvent> events)
    {
        var counts = new Dictionary<ArrivalKey, int>();
        foreach (var e in events)
        {
            if (e.Kind != JobEventKinds.Enqueued)
                continue;
            var minute = new DateTimeOffset(e.At.UtcTicks - e.At.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
            var key = new ArrivalKey(minute, _names.Of(e.Type), e.Queue);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        return counts;
    }

    private static long Size(AttemptRow row) =>
        RowBytes + 2L * ((row.Arguments?.Length ?? 0) + (row.Result?.Length ?? 0) + (row.ErrorMessage?.Length ?? 0) + (row.Stack?.Length ?? 0) + (row.Reason?.Length ?? 0));
}
