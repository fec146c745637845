using OpsConsole.Data;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Live;

/// <summary>
/// Looks after whoever runs the schedules, from every console and independently of the runner: the one that has stopped cannot say so
/// itself. Reads the heartbeat every second, and what is overdue or was missed every five.
/// </summary>
public sealed class ScheduleWatch(RunnerStore runner, LedgerStore ledger, ScheduleBoard board, TimeProvider time, ILogger<ScheduleWatch> log)
    : LiveWatch(TimeSpan.FromSeconds(1), time)
{
    private const int Rows = 20;

    /// <summary>By this name the console acts by itself.</summary>
    public const string Self = "Ops Console";

    private static readonly TimeSpan RestEvery = TimeSpan.FromSeconds(5);

    // What nobody has said to have seen is no news any more after a day.
    private static readonly TimeSpan MissedIsNews = TimeSpan.FromHours(24);

    // A takeover takes up to ten seconds, and is no reason to call anybody.
    private static readonly TimeSpan UnattendedAfter = TimeSpan.FromSeconds(15);

    // After a takeover much is overdue for a moment.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private ScheduleHealth _rest = ScheduleHealth.Empty;
    private long? _restReadAt;

    protected override Task LookAsync(CancellationToken cancel) => ReadAsync(cancel);

    protected override void Report(Exception e) =>
        log.Log(ConsoleDatabase.IsAway(e) ? LogLevel.Warning : LogLevel.Error, "How the schedules are is not known: {Error}", e.GetBaseException().Message);

    /// <summary>Reads once and shows it.</summary>
    internal async Task ReadAsync(CancellationToken cancel)
    {
        var now = Time.GetUtcNow();
        var heart = RunnerHealth.Of(await runner.GetLeaseAsync(cancel), now);
        if (_restReadAt is not { } at || Time.GetElapsedTime(at) >= RestEvery)
            await ReadRestAsync(heart, now, cancel);
        // Of a console that has just started nobody knows since when it was so.
        var goneSince = heart.Epoch == 0 ? _startedAt : heart.GoneAt;
        var next = _rest with { Runner = heart, IsUnattended = _rest.HasWork && !heart.IsAlive && now - goneSince > UnattendedAfter };
        board.Show(next with { Attention = Same(ScheduleAttention.Of(next)) });
    }

    private async Task ReadRestAsync(RunnerHealth heart, DateTimeOffset now, CancellationToken cancel)
    {
        _rest = new ScheduleHealth
        {
            HasWork = heart.IsAlive || await ledger.HasWorkAsync(now, cancel),
            Overdue = await ledger.OverdueAsync(now - Slack, Rows, cancel),
            Missed = await ledger.RecentMissedAsync(now - MissedIsNews, Rows, cancel),
            Paused = await ledger.PausedByAsync(Self, Rows, cancel),
        };
        _restReadAt = Time.GetTimestamp();
    }

    // The same items in the same list are no news.
    private IReadOnlyList<AttentionItem> Same(IReadOnlyList<AttentionItem> items) => items.SequenceEqual(board.Current.Attention) ? board.Current.Attention : items;
}
