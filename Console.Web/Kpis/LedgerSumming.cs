using OpsConsole.Data;
using OpsConsole.Data.Figures.OnTime;
using OpsConsole.Web.Configuration;

namespace OpsConsole.Web.Kpis;

/// <summary>Sums the days of the ledger of schedules that are over, so that reports need not count them again.</summary>
internal sealed class LedgerSumming(LedgerSums sums, ConsoleStart start, TimeProvider time, ILogger<LedgerSumming> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_every, time);
        do
        {
            await TrySumAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TrySumAsync(CancellationToken cancel)
    {
        try
        {
            if (await sums.SumAsync(cancel) is var days and > 0)
                log.LogInformation("{Days} days of the ledger of schedules were summed for reports.", days);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            log.LogWarning("The ledger of schedules was not summed; it is tried again in {Minutes} minutes: {Error}", s_every.TotalMinutes, e.GetBaseException().Message);
        }
    }
}
