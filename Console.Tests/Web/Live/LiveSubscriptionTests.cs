using OpsConsole.Tests.Support;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class LiveSubscriptionTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task A_signal_on_a_quiet_board_is_delivered_at_once()
    {
        var signal = new LiveSignal(_time);
        var told = new TaskCompletionSource();
        using var subscription = signal.Subscribe(() => { told.TrySetResult(); return Task.CompletedTask; });

        signal.Raise();

        await told.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Signals_that_come_while_the_viewer_is_busy_melt_into_one()
    {
        var signal = new LiveSignal(_time);
        var begun = new SemaphoreSlim(0);
        var end = new SemaphoreSlim(0);
        var calls = 0;
        using var subscription = signal.Subscribe(async () =>
        {
            calls++;
            begun.Release();
            await end.WaitAsync();
        });

        signal.Raise();
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 100; i++)
            signal.Raise();
        end.Release();
        await NextTimerAsync();
        _time.Advance(LiveSubscription.Interval);
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        end.Release();

        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Two_deliveries_are_at_least_the_interval_apart()
    {
        var signal = new LiveSignal(_time);
        var told = new SemaphoreSlim(0);
        var moments = new List<DateTimeOffset>();
        using var subscription = signal.Subscribe(() =>
        {
            moments.Add(_time.GetUtcNow());
            signal.Raise();
            told.Release();
            return Task.CompletedTask;
        });

        signal.Raise();
        await told.WaitAsync(TestContext.Current.CancellationToken);
        for (var more = 0; more < 3; more++)
        {
            await NextTimerAsync();
            _time.Advance(LiveSubscription.Interval);
            await told.WaitAsync(TestContext.Current.CancellationToken);
        }

        Assert.All(moments.Zip(moments.Skip(1)), pair => Assert.True(pair.Second - pair.First >= LiveSubscription.Interval));
    }

    [Fact]
    public void A_viewer_who_left_is_forgotten()
    {
        var signal = new LiveSignal(_time);
        var subscription = signal.Subscribe(() => Task.CompletedTask);

        subscription.Dispose();

        Assert.Equal(0, signal.Count);
    }

    [Fact]
    public void A_job_that_nobody_looks_at_any_more_is_not_watched()
    {
        var board = new JobBoard(_time);
        var told = new TaskCompletionSource();
        var watch = board.Subscribe("a", () => { told.TrySetResult(); return Task.CompletedTask; });

        watch.Dispose();
        board.Apply([new Story().Succeeded("a")]);

        Assert.False(told.Task.IsCompleted);
    }

    private async Task NextTimerAsync()
    {
        while (_time.Waiting == 0)
            await Task.Yield();
    }
}
