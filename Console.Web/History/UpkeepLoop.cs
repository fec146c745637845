using OpsConsole.Data;
using OpsConsole.Data.History;

namespace OpsConsole.Web.History;

/// <summary>Every hour: makes the tables of the next days, lets old ones go, and indexes those that have ended. Of several consoles one does it.</summary>
internal sealed class UpkeepLoop(PartitionStore partitions, IngestServices services, HistoryRetention keep, TimeProvider time, ILogger<UpkeepLoop> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterError = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!services.Options.Run)
            return;
        while (!stoppingToken.IsCancellationRequested)
            await Task.Delay(await TryAsync(stoppingToken) ? Every : AfterError, time, stoppingToken);
    }

    private async Task<bool> TryAsync(CancellationToken stop)
    {
        try
        {
            var done = await partitions.KeepUpAsync(keep, stop);
            if (done.Dropped.Count > 0)
                log.LogInformation("Days of the history were dropped, because they are kept no longer: {Tables}", string.Join(", ", done.Dropped.Select(partition => partition.Name)));
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.Log(ConsoleDatabase.IsAway(e) ? LogLevel.Warning : LogLevel.Error, "The upkeep of the history was not finished and begins again in a minute: {Error}", e.GetBaseException().Message);
            return false;
        }
    }
}
