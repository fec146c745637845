using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Samples.Reports.Configuration;

namespace OpsConsole.Samples.Reports.Traffic;

/// <summary>Keeps a believable stream of work flowing until the host stops. Holds back while a queue is long, and while Redis is away.</summary>
internal sealed class TrafficGenerator(TrafficPlan plan, JobClient client, QueueLengths queues, IOptions<TrafficOptions> options, TimeProvider time, ILogger<TrafficGenerator> log) : BackgroundService
{
    // A mailing of sixty is one visit to the post office, not a reason for a minute of silence.
    private const int MostCounted = 5;
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);
    private readonly Routine[] _routines =
    [
        new("health.check", TimeSpan.FromSeconds(20)),
        new("reports.clean", TimeSpan.FromMinutes(2)),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        log.LogInformation("Traffic begins: {JobsPerSecond} jobs/s on average, a day in {DayMinutes} minutes", options.Value.JobsPerSecond, options.Value.DayMinutes);
        while (!stoppingToken.IsCancellationRequested)
            await Task.Delay(await StepAsync(stoppingToken), time, stoppingToken);
    }

    /// <summary>Makes what is next; returns the time until the step after it.</summary>
    internal async Task<TimeSpan> StepAsync(CancellationToken cancellation)
    {
        try
        {
            if (await queues.LongestAsync(cancellation) >= options.Value.MaxWaiting)
                return Hold;
            var requests = DueRoutines().Concat(plan.Next()).ToList();
            var results = await client.EnqueueManyAsync(requests, cancellation);
            return IsTaken(requests, results) ? Pause(requests.Count) : Hold;
        }
        catch (JobStorageException e)
        {
            log.LogWarning("Traffic waits, for Redis is away: {Reason}", e.Message);
            return Hold;
        }
    }

    private IEnumerable<JobRequest> DueRoutines()
    {
        var now = time.GetUtcNow();
        foreach (var routine in _routines.Where(routine => now >= routine.Next))
        {
            routine.Next = now + routine.Every;
            yield return new JobRequest(routine.JobType, "{}");
        }
    }

    // Two branches may send the same file at once: a held uniqueness key is no fault.
    private bool IsTaken(List<JobRequest> requests, IReadOnlyList<EnqueueResult> results)
    {
        var refused = results.Index().FirstOrDefault(result => !result.Item.IsCreated && result.Item.Outcome != EnqueueOutcome.DuplicateKey);
        if (refused.Item is null)
            return true;
        if (refused.Item.Outcome == EnqueueOutcome.UnknownType)
            log.LogInformation("Traffic waits until a worker has published {JobType}", requests[refused.Index].JobType);
        else
            log.LogWarning("Traffic was refused a {JobType}: {Reason}", requests[refused.Index].JobType, refused.Item.Message);
        return false;
    }

    // Arrivals that know nothing of each other: exponential gaps.
    private TimeSpan Pause(int made)
    {
        var rate = options.Value.JobsPerSecond * DayCurve.At(time.GetUtcNow(), options.Value.DayMinutes);
        return TimeSpan.FromSeconds(Math.Min(10, -Math.Log(1 - Random.Shared.NextDouble()) * Math.Min(made, MostCounted) / rate));
    }

    private sealed class Routine(string jobType, TimeSpan every)
    {
        public string JobType { get; } = jobType;

        public TimeSpan Every { get; } = every;

        public DateTimeOffset Next { get; set; }
    }
}
