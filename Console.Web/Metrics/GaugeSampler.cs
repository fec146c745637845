using OpsConsole.Data;
using OpsConsole.Data.Figures;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Metrics;

/// <summary>
/// Notes once a minute how much waits and how many slots are busy. Every console looks; the first one of a minute is stored, so that no
/// minute is missing because the console that stores the history was just replaced.
/// </summary>
public sealed class GaugeSampler(FleetBoard fleet, LiveHealth health, GaugeStore gauges, TimeProvider time, ILogger<GaugeSampler> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // In the middle of a minute, so that small shifts of the clock skip none.
            var now = time.GetUtcNow();
            var next = FigureGrain.Minute.Floor(now) + (Every / 2);
            await Task.Delay((next > now ? next : next + Every) - now, time, stoppingToken);
            await SampleAsync(stoppingToken);
        }
    }

    internal async Task SampleAsync(CancellationToken cancel)
    {
        var view = fleet.Current;
        // What is not known is not a zero.
        if (!view.IsReady || health.Current.Redis.IsLost)
            return;
        try
        {
            await gauges.WriteAsync(view.At, Samples(view), cancel);
            _isAway = false;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            if (!_isAway)
                log.LogWarning("Queue depths and busy slots are not being recorded: {Cause}", e.GetBaseException().Message);
            _isAway = true;
        }
    }

    internal static IReadOnlyList<GaugeSample> Samples(FleetView view) =>
    [
        new GaugeSample("", view.Waiting, view.Queues.Select(queue => OldestMs(queue, view.At)).DefaultIfEmpty().Max(), view.Of(JobState.Processing), view.Slots, view.Workers.Count),
        .. view.Queues.Where(queue => queue.Name.Length > 0).Select(queue => new GaugeSample(
            queue.Name, queue.Depth + queue.Throttled, OldestMs(queue, view.At), queue.Running, 0, queue.Consumers.Count)),
    ];

    private static long OldestMs(QueueView queue, DateTimeOffset now) => queue.OldestAt is { } oldest && now > oldest ? (long)(now - oldest).TotalMilliseconds : 0;
}
