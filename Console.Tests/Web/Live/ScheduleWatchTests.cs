using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Data;
using OpsConsole.Tests.Data.Schedules;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

/// <summary>The watch on a real database. Its clock is put to that of the machine, because a lease ends by the database's.</summary>
public sealed class ScheduleWatchTests : IAsyncLifetime
{
    private readonly DataSpace _space = new();
    private ScheduleWatch? _watch;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleBoard Board { get; } = new(TimeProvider.System);

    private RunnerStore Store => _space.Get<RunnerStore>();

    public async ValueTask InitializeAsync()
    {
        await _space.InitializeAsync();
        _space.Time.Advance(TimeProvider.System.GetUtcNow() - _space.Time.GetUtcNow());
        _watch = new ScheduleWatch(Store, _space.Get<LedgerStore>(), Board, _space.Time, NullLogger<ScheduleWatch>.Instance);
    }

    public ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        return _space.DisposeAsync();
    }

    [Fact]
    public async Task The_heartbeat_of_the_runner_is_on_the_board()
    {
        var epoch = (await Store.TryAcquireAsync("host:3:abc123", 60, Cancel))!.Value;
        await Store.RenewAsync(epoch, 60, 1_204, _space.Time.GetUtcNow(), Cancel);

        var health = await ReadAsync();

        Assert.Equal(("host:3", epoch, 1_204, true, false), (health.Runner!.Name, health.Runner.Epoch, health.Runner.Schedules, health.Runner.IsAlive, health.IsUnattended));
        Assert.InRange((_space.Time.GetUtcNow() - health.Runner.HeardAt).TotalSeconds, 0, 60);
    }

    [Fact]
    public async Task Without_a_runner_it_becomes_loud_as_soon_as_there_is_something_to_run()
    {
        Assert.False((await ReadAsync(20)).IsUnattended);
        await _space.Get<ScheduleStore>().ScheduleAsync();

        var health = await ReadAsync(6);

        Assert.True(health.IsUnattended);
        Assert.Equal(AttentionKind.RunnerMissing, health.Attention[0].Kind);
    }

    [Fact]
    public async Task A_change_of_runners_is_no_reason_to_call_anybody()
    {
        await _space.Get<ScheduleStore>().ScheduleAsync();
        var epoch = (await Store.TryAcquireAsync("host:3:abc123", 60, Cancel))!.Value;
        await ReadAsync();
        await Store.ReleaseAsync(epoch, Cancel);

        Assert.False((await ReadAsync(2)).IsUnattended);
        Assert.False(Board.Current.Runner!.IsAlive);

        await using var context = _space.Context();
        await context.Database.ExecuteSqlAsync($"""UPDATE "RunnerLease" SET "ExpiresAt" = clock_timestamp() - interval '20 seconds'""", Cancel);
        Assert.True((await ReadAsync()).IsUnattended);
    }

    [Fact]
    public async Task A_paused_schedule_needs_no_runner()
    {
        var schedule = await _space.Get<ScheduleStore>().ScheduleAsync();
        await _space.Get<ScheduleStore>().PauseAsync([schedule.Id], "ada", "for a test", null, Cancel);

        Assert.False((await ReadAsync(30)).IsUnattended);
    }

    [Fact]
    public async Task What_was_missed_is_shown_until_it_has_been_seen()
    {
        var schedule = await MissAsync();
        Assert.Equal("1 run missed: " + schedule.Name, Assert.Single((await ReadAsync()).Attention).Title);

        await _space.Get<ScheduleStore>().AcknowledgeMissedAsync([schedule.Id], _space.Time.GetUtcNow(), Cancel);

        Assert.Empty((await ReadAsync(6)).Attention);
    }

    [Fact]
    public async Task What_was_missed_is_no_news_after_a_day()
    {
        await MissAsync();
        await ReadAsync();

        Assert.DoesNotContain((await ReadAsync(86_401)).Attention, item => item.Kind == AttentionKind.ScheduleMissed);
    }

    [Fact]
    public async Task A_schedule_that_is_due_and_that_nobody_fires_is_overdue()
    {
        await MissAsync(next: TimeSpan.FromSeconds(10));
        Assert.Equal(0, (await ReadAsync()).Overdue.Schedules);

        var health = await ReadAsync(120);

        Assert.Equal(1, health.Overdue.Schedules);
        Assert.Contains(health.Attention, item => item.Kind == AttentionKind.SchedulesOverdue);
    }

    [Fact]
    public async Task A_schedule_that_paused_itself_is_shown_until_it_is_resumed()
    {
        var schedule = await _space.Get<ScheduleStore>().ScheduleAsync();
        await Store.TryAcquireAsync("host:3:abc123", 60, Cancel);
        await _space.Get<ScheduleStore>().PauseAsync([schedule.Id], ScheduleWatch.Self, "Its job failed.", null, Cancel);
        Assert.Equal("Paused itself: " + schedule.Name, Assert.Single((await ReadAsync()).Attention).Title);

        await _space.Get<ScheduleStore>().ResumeAsync([schedule.Id], Cancel);

        Assert.Empty((await ReadAsync(6)).Attention);
    }

    [Fact]
    public async Task Nobody_is_told_again_of_what_has_not_changed()
    {
        await MissAsync();
        var first = (await ReadAsync()).Attention;

        Assert.Same(first, (await ReadAsync(6)).Attention);
    }

    /// <summary>Reads, so many seconds after the last time.</summary>
    private async Task<ScheduleHealth> ReadAsync(int secondsLater = 0)
    {
        _space.Time.Advance(TimeSpan.FromSeconds(secondsLater));
        await _watch!.ReadAsync(Cancel);
        return Board.Current;
    }

    /// <summary>A schedule with one missed moment, under a runner that is alive.</summary>
    private async Task<Schedule> MissAsync(TimeSpan? next = null)
    {
        var schedule = await _space.Get<ScheduleStore>().ScheduleAsync();
        var epoch = (await Store.TryAcquireAsync("host:3:abc123", 600, Cancel))!.Value;
        var now = _space.Time.GetUtcNow();
        await Store.FireAsync(epoch, [Some.Fire(schedule.Id, now, now + (next ?? TimeSpan.FromDays(365)), Some.Planned(schedule.Id, now, OccurrenceState.Missed))], Cancel);
        return schedule;
    }
}
