using OpsConsole.Data;
using OpsConsole.Data.Figures;

namespace OpsConsole.Web.Metrics;

/// <summary>Removes figures that are no longer kept, a little at a time, so that it holds up nothing.</summary>
public sealed class FigureUpkeep(FigureStore figures, TimeProvider time, ILogger<FigureUpkeep> log) : BackgroundService
{
    private const int AtOnce = 5_000;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(AfterStart, time, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var grain in FigureGrains.All)
                await PruneAsync(grain, stoppingToken);
            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private async Task PruneAsync(FigureGrain grain, CancellationToken stopping)
    {
        try
        {
            while (await figures.PruneAsync(grain, AtOnce, stopping) >= AtOnce)
                await Task.Delay(Breath, time, stopping);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            log.LogWarning("Old figures by the {Grain} could not be removed: {Cause} Trying again in an hour.", grain, e.GetBaseException().Message);
        }
    }
}
