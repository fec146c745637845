using OpsConsole.Data;
using OpsConsole.Data.Failures;

namespace OpsConsole.Web.Live;

/// <summary>Counts the groups of failures now and then, once for all viewers.</summary>
public sealed class GroupWatch(GroupStore groups, GroupBoard board, TimeProvider time, ILogger<GroupWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                board.Show(await groups.CountAsync(null, stoppingToken));
                _isAway = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // That the database is away is said on every page already; what was known stays.
                if (!_isAway)
                    log.Log(ConsoleDatabase.IsAway(e) ? LogLevel.Warning : LogLevel.Error, "How many failure groups there are is not known: {Error}", e.GetBaseException().Message);
                _isAway = true;
            }
            await Task.Delay(Every, time, stoppingToken);
        }
    }
}
