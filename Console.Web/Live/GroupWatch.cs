using Microsoft.Extensions.Options;
using OpsConsole.Data;
using OpsConsole.Data.Failures;

namespace OpsConsole.Web.Live;

/// <summary>Counts the groups of failures now and then, and looks for those that are news, once for all viewers.</summary>
public sealed class GroupWatch(GroupStore groups, GroupBoard board, IOptions<LiveOptions> options, TimeProvider time, ILogger<GroupWatch> log)
    : LiveWatch(TimeSpan.FromSeconds(3), time)
{
    protected override async Task LookAsync(CancellationToken cancel) => board.Show(await ReadAsync(cancel));

    protected override void Report(Exception e) =>
        log.Log(ConsoleDatabase.IsAway(e) ? LogLevel.Warning : LogLevel.Error, "How many failure groups there are is not known: {Error}", e.GetBaseException().Message);

    internal async Task<GroupView> ReadAsync(CancellationToken cancel)
    {
        var counts = await groups.CountAsync(null, cancel);
        var since = Time.GetUtcNow().AddMinutes(-options.Value.GroupIsNewsMinutes);
        return new GroupView(counts, GroupAttention.Of(await groups.NewsAsync(since, options.Value.NewGroupFailures, GroupAttention.Named + 1, cancel)));
    }
}
