using Microsoft.Extensions.Options;
using OpsConsole.Data;
using OpsConsole.Data.Failures;

namespace OpsConsole.Web.Live;

/// <summary>Counts the groups of failures now and then, and looks for those that are news, once for all viewers.</summary>
public sealed class GroupWatch(GroupStore groups, GroupBoard board, IOptions<LiveOptions> options, TimeProvider time, ILogger<GroupWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                board.Show(await ReadAsync(stoppingToken));
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

    internal async Task<GroupView> ReadAsync(CancellationToken cancel)
    {
        var counts = await groups.CountAsync(null, cancel);
        var since = time.GetUtcNow().AddMinutes(-options.Value.GroupIsNewsMinutes);
        return new GroupView(counts, GroupAttention.Of(await groups.NewsAsync(since, options.Value.NewGroupFailures, GroupAttention.Named + 1, cancel)));
    }
}
