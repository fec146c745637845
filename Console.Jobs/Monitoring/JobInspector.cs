using System.Globalization;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring.Listing;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>
/// Reads jobs, queues and workers; changes nothing. What is half there comes back as a record that says so
/// (<see cref="JobRecord.Defects"/>); every method throws <see cref="JobStorageException"/> when Redis is away.
/// </summary>
public sealed class JobInspector
{
    private const int MaxIds = 500;
    private const int MaxLogLines = 1_000;
    private const int MaxRunning = 1_000;
    private const int MaxRunningScanned = 5_000;
    private const int MaxGone = 200;
    private const int MaxVitals = 720;
    private const int MaxHours = 25;
    private const int MaxFindings = 1_000;

    private readonly JobRedis _redis;
    private readonly JobCatalogue _catalogue;
    private readonly TimeProvider _time;
    private readonly JobRows _rows;
    private readonly JobLister _lister;
    private readonly DetailsReader _details;
    private readonly SnapshotReader _snapshot;

    /// <summary>Makes an inspector; one for the whole process is enough.</summary>
    public JobInspector(JobRedis redis, JobCatalogue catalogue, TimeProvider time)
    {
        _redis = redis;
        _catalogue = catalogue;
        _time = time;
        _rows = new JobRows(redis, catalogue);
        _lister = new JobLister(redis, _rows);
        _details = new DetailsReader(redis, _rows, catalogue);
        _snapshot = new SnapshotReader(redis);
    }

    /// <summary>Counts, queues and workers at one moment, with the event position that belongs to it.</summary>
    public Task<FleetSnapshot> GetSnapshotAsync(CancellationToken cancel = default) => _snapshot.ReadAsync(cancel);

    /// <summary>One page of jobs.</summary>
    public Task<JobPage> ListJobsAsync(JobListQuery query, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _lister.ListAsync(query, cancel);
    }

    /// <summary>Everything about one job, or null when nothing is left of it.</summary>
    public Task<JobDetails?> GetJobAsync(string id, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        // No id has a colon; with one, the key would be that of a job's state or history.
        return id.Length == 0 || id.Contains(':') ? Task.FromResult<JobDetails?>(null) : _details.ReadAsync(id, cancel);
    }

    /// <summary>Rows of jobs by id, at most 500, in the order of the ids.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than 500 ids.</exception>
    public Task<IReadOnlyList<JobRecord>> GetJobsAsync(IReadOnlyList<string> ids, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, MaxIds, nameof(ids));
        return _rows.ReadAsync(ids, cancel);
    }

    /// <summary>Log lines of a job, oldest first.</summary>
    /// <param name="id">Job.</param>
    /// <param name="from">First line, 0 for the oldest that is kept; negative counts from the end.</param>
    /// <param name="limit">Lines wanted, at most 1,000.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task<IReadOnlyList<JobLogLine>> GetLogAsync(string id, long from, int limit, CancellationToken cancel = default)
    {
        var last = from + Math.Clamp(limit, 1, MaxLogLines) - 1;
        var lines = await _redis.RunAsync("LRANGE " + _redis.Keys.Log(id), database => database.ListRangeAsync(_redis.Keys.Log(id), from, from < 0 && last >= 0 ? -1 : last), cancel);
        return [.. lines.Select(line => LogReader.Line(line!))];
    }

    /// <summary>Running jobs, longest first.</summary>
    /// <param name="limit">Rows wanted, at most 1,000.</param>
    /// <param name="workerId">Only those of this worker, or null.</param>
    /// <param name="queue">Only those from this queue, or null.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task<IReadOnlyList<JobRecord>> GetRunningAsync(int limit, string? workerId = null, string? queue = null, CancellationToken cancel = default)
    {
        var wanted = Math.Clamp(limit, 1, MaxRunning);
        var all = workerId is null && queue is null;
        var ids = await _redis.RunAsync("ZRANGE " + _redis.Keys.Processing, database => database.SortedSetRangeByRankAsync(_redis.Keys.Processing, 0, (all ? wanted : MaxRunningScanned) - 1), cancel);
        var running = new List<JobRecord>();
        foreach (var chunk in ids.Select(id => (string)id!).Chunk(MaxIds))
        {
            running.AddRange((await _rows.ReadAsync(chunk, cancel)).Where(row => (workerId is null || row.Worker == workerId) && (queue is null || row.Queue == queue)));
            if (running.Count >= wanted)
                break;
        }
        return [.. running.Take(wanted).OrderBy(row => row.StateAt)];
    }

    /// <summary>Published job types by friendly name.</summary>
    public async Task<IReadOnlyList<JobType>> GetJobTypesAsync(int limit, CancellationToken cancel = default)
    {
        var types = await _catalogue.GetAsync(cancel);
        return types.Count <= limit ? types : [.. types.Take(limit)];
    }

    /// <summary>Workers that stopped or were lost, newest first; at most 200 are kept.</summary>
    public async Task<IReadOnlyList<WorkerRecord>> GetGoneWorkersAsync(int limit, CancellationToken cancel = default)
    {
        var gone = await _redis.RunAsync("ZREVRANGE " + _redis.Keys.Gone,
            database => database.SortedSetRangeByRankWithScoresAsync(_redis.Keys.Gone, 0, Math.Clamp(limit, 1, MaxGone) - 1, Order.Descending), cancel);
        return [.. gone.Select(entry => WorkerFields.Gone(entry.Element!, entry.Score)).OfType<WorkerRecord>()];
    }

    /// <summary>One worker, here or gone, or null when nothing is known of it.</summary>
    public async Task<WorkerRecord?> GetWorkerAsync(string id, CancellationToken cancel = default)
    {
        var keys = _redis.Keys;
        var (listed, server, queues, own) = await _redis.RunAsync("reading worker " + id, async database =>
        {
            var isListed = database.SetContainsAsync(keys.Servers, id);
            var hash = database.HashGetAllAsync(keys.Server(id));
            var list = database.ListRangeAsync(keys.ServerQueues(id), 0, 99);
            var ours = database.HashGetAllAsync(keys.Worker(id));
            await Task.WhenAll(isListed, hash, list, ours);
            return (isListed.Result, hash.Result, list.Result, ours.Result);
        }, cancel);
        if (listed)
            return WorkerFields.Build(id, Texts(server), [.. queues.Select(queue => (string)queue!)], Texts(own));
        return (await GetGoneWorkersAsync(MaxGone, cancel)).FirstOrDefault(worker => worker.Id == id);
    }

    /// <summary>Vitals of a worker, oldest first; one every 5 s, kept for an hour.</summary>
    public async Task<IReadOnlyList<WorkerVitals>> GetVitalsAsync(string workerId, int limit, CancellationToken cancel = default)
    {
        var key = _redis.Keys.Vitals(workerId);
        var entries = await _redis.RunAsync("LRANGE " + key, database => database.ListRangeAsync(key, 0, Math.Clamp(limit, 1, MaxVitals) - 1), cancel);
        return [.. entries.Select(entry => WorkerFields.Vitals(entry!)).OfType<WorkerVitals>().Reverse()];
    }

    /// <summary>Jobs that ended per hour (UTC), oldest first, from the hour of <paramref name="from"/> on; Redis keeps a day of it.</summary>
    public async Task<IReadOnlyList<HourlyCount>> GetHourlyCountsAsync(DateTimeOffset from, int hours, CancellationToken cancel = default)
    {
        var first = new DateTimeOffset(from.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        var all = Enumerable.Range(0, Math.Clamp(hours, 1, MaxHours)).Select(hour => first.AddHours(hour)).ToList();
        RedisKey Key(string name, DateTimeOffset hour) => _redis.Keys.Stats(string.Create(CultureInfo.InvariantCulture, $"{name}:{hour:yyyy-MM-dd-HH}"));
        RedisKey[] keys = [.. all.Select(hour => Key("succeeded", hour)), .. all.Select(hour => Key("failed", hour))];
        var counts = await _redis.RunAsync("reading hourly counters", database => database.StringGetAsync(keys), cancel);
        long Count(int i) => counts[i].TryParse(out long count) ? count : 0;
        return [.. all.Select((hour, i) => new HourlyCount(hour, Count(i), Count(all.Count + i)))];
    }

    /// <summary>Inconsistencies that workers found in Redis, newest first; the newest 1,000 are kept.</summary>
    /// <param name="limit">Rows wanted, at most 1,000.</param>
    /// <param name="before">Only older ones than this, by <see cref="Finding.Position"/>, or null.</param>
    /// <param name="since">Only those found since then, or null.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public Task<IReadOnlyList<Finding>> GetFindingsAsync(int limit, string? before = null, DateTimeOffset? since = null, CancellationToken cancel = default) =>
        FindingReader.ReadAsync(_redis, Math.Clamp(limit, 1, MaxFindings), before, since, cancel);

    /// <summary>What Redis promises for the jobs in it.</summary>
    public Task<StorageSettings> GetStorageAsync(CancellationToken cancel = default) => StorageReader.ReadAsync(_redis, cancel);

    /// <summary>Time of one round trip.</summary>
    public async Task<TimeSpan> PingAsync(CancellationToken cancel = default)
    {
        var from = _time.GetTimestamp();
        await _redis.RunAsync("PING", database => database.ExecuteAsync("PING"), cancel);
        return _time.GetElapsedTime(from);
    }

    private static Dictionary<string, string> Texts(HashEntry[] hash) => hash.ToDictionary(entry => (string)entry.Name!, entry => (string)entry.Value!, StringComparer.Ordinal);
}
