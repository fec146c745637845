using Microsoft.Extensions.Options;
using OpsConsole.Data;
using OpsConsole.Data.History;

namespace OpsConsole.Web.History;

/// <summary>Every hour: makes the tables of the next days, lets old ones go, and indexes those that have ended. Of several consoles one does it.</summary>
internal sealed class HistoryUpkeep(PartitionStore partitions, IOptions<HistoryOptions> options, TimeProvider time, ILogger<HistoryUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterError = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Run)
            return;
        while (!stoppingToken.IsCancellationRequested)
            await Task.Delay(await TryAsync(stoppingToken) ? Every : AfterError, time, stoppingToken);
    }

    internal async Task RunOnceAsync(CancellationToken cancel)
    {
        await partitions.MakeAheadAsync(cancel);
        foreach (var kept in DayPartition.Classes)
        {
            var days = options.Value.Retention.Days(kept);
            if (await partitions.DropAsync(kept, days, cancel) is { Count: > 0 } dropped)
                log.LogInformation("Attempts older than {Days} days were dropped: {Tables}", days, string.Join(", ", dropped.Select(partition => partition.Name)));
        }
        await partitions.BuildIndexesAsync(cancel);
    }

    private async Task<bool> TryAsync(CancellationToken stop)
    {
        try
        {
            await RunOnceAsync(stop);
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.Log(ConsoleDatabase.IsAway(e) ? LogLevel.Warning : LogLevel.Error, "The upkeep of the history was not finished and begins again in a minute: {Error}", e.GetBaseException().Message);
            return false;
        }
    }
}
