using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Bench.Bulk;
using OpsConsole.Bench.History;
using OpsConsole.Data;
using OpsConsole.Data.History;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Bench.Operations;

/// <summary>A database and a part of Redis of their own, with failed jobs that the history knows.</summary>
internal sealed class OperationSpace : IAsyncDisposable
{
    private const int Chunk = 1_000;
    private readonly BenchSettings _settings;
    private readonly BenchDatabase _database;
    private readonly BenchHost _host;
    private readonly ServiceProvider _services;
    private readonly BulkControl _control;

    private OperationSpace(BenchSettings settings, BenchDatabase database, string prefix, BenchHost host)
    {
        (_settings, _database, _host) = (settings, database, host);
        _services = new ServiceCollection().AddLogging().AddConsoleData(database.ConnectionString).BuildServiceProvider();
        _control = new BulkControl(host.Redis, new JobCatalogue(host.Redis, TimeProvider.System));
        Console = new ConsoleSettings(settings.Redis, prefix, database.ConnectionString);
    }

    public ConsoleSettings Console { get; }

    public OperationStore Operations => _services.GetRequiredService<OperationStore>();

    public static async Task<OperationSpace> OpenAsync(BenchSettings settings)
    {
        var database = await BenchDatabase.OpenAsync(settings);
        var prefix = BenchHost.NewPrefix();
        var space = new OperationSpace(settings, database, prefix, await BenchHost.StartAsync(settings, prefix));
        await space._services.GetRequiredService<ConsoleDatabase>().MigrateAsync();
        return space;
    }

    /// <summary>Makes jobs that failed a minute ago, in Redis and in the history.</summary>
    /// <returns>Their group.</returns>
    public async Task<Guid> FailAsync(int jobs)
    {
        var failure = new FailureIdentity(Guid.NewGuid(), "The charge was refused", "Shop.Payments.Charge");
        var at = (await _control.GetTimeAsync()).AddMinutes(-1);
        var history = _services.GetRequiredService<HistoryStore>();
        var term = await history.TryAcquireAsync("bench", 600) ?? throw new InvalidOperationException("Another process stores the history.");
        var number = 0;
        foreach (var chunk in Enumerable.Range(0, jobs).Chunk(Chunk))
        {
            var ids = chunk.Select(_ => Guid.NewGuid().ToString("D")).ToList();
            await FailedJobs.WriteAsync(_host.Redis, ids, at);
            await history.WriteAsync(term.Epoch, Batch([.. ids.Select(id => Row(id, at, ++number, failure))], at, number));
        }
        await history.ReleaseAsync(term.Epoch);
        return failure.Id;
    }

    public Task<double> RedisProcessorSecondsAsync() => _host.RedisProcessorSecondsAsync();

    /// <summary>Waits until a console runs operations.</summary>
    public Task AttendedAsync() => Waiting.UntilAsync("a console runs operations", TimeSpan.FromMinutes(1), () => Operations.IsAttendedAsync(), pause: TimeSpan.FromMilliseconds(20));

    /// <summary>Retries a group as the page does.</summary>
    public async Task<Guid> StartAsync(Guid group, int? perMinute)
    {
        var ids = await Operations.JobsOfGroupAsync(group, BulkLimits.Jobs);
        var draft = new BulkDraft { Kind = BulkKind.Retry, Source = BulkSource.Group, SourceText = group.ToString("D"), Title = "bench", PerMinute = perMinute, Reason = "measured" };
        var made = await Operations.CreateAsync(draft, "bench", await _control.GetTimeAsync(), ids);
        return made.Id ?? throw new InvalidOperationException(made.Refusal);
    }

    /// <summary>How often each job was put back, by the events in the stream.</summary>
    public async Task<Dictionary<string, int>> RetriesAsync()
    {
        var times = new Dictionary<string, int>(StringComparer.Ordinal);
        var from = "-";
        while (true)
        {
            var page = (RedisResult[])(await _host.Redis.RunAsync("XRANGE", database => database.ExecuteAsync("XRANGE", (RedisKey)_host.Redis.Keys.Events, from, "+", "COUNT", "5000")))!;
            var events = new List<JobEvent>();
            EventEntry.ReadAll(page, events);
            foreach (var written in events.Where(e => e.Kind == JobEventKinds.Enqueued))
                times[written.Subject] = times.GetValueOrDefault(written.Subject) + 1;
            if (page.Length == 0)
                return times;
            from = "(" + (string)((RedisResult[])page[^1]!)[0]!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.ClearAsync();
        await _host.DisposeAsync();
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static AttemptRow Row(string id, DateTimeOffset at, int number, FailureIdentity failure) => new()
    {
        EndedAt = at,
        Sequence = number,
        JobId = id,
        Type = "payments.charge",
        TypeName = "Shop.Payments.Charge",
        Queue = "payments",
        Outcome = AttemptOutcome.Failed,
        Attempt = 1,
        CreatedAt = at,
        EnqueuedAt = at,
        StartedAt = at,
        WaitMs = 0,
        RunMs = 0,
        ErrorType = "Shop.PaymentException",
        ErrorMessage = "The charge was refused",
        Failure = failure,
    };

    private static HistoryBatch Batch(AttemptRow[] rows, DateTimeOffset at, int number) => new()
    {
        Position = string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeMilliseconds()}-{number}"),
        PositionAt = at,
        Events = rows.Length,
        Attempts = rows,
    };
}
