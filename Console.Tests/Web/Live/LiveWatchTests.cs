using OpsConsole.Tests.Support;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public sealed class LiveWatchTests : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly FakeTime _time = new();
    private readonly Watch _watch;

    public LiveWatchTests() => _watch = new Watch(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _watch.Dispose();

    [Fact]
    public async Task It_looks_at_once_and_again_after_each_pause()
    {
        await StartAsync();
        Assert.Equal(1, _watch.Looks);

        _time.Advance(Every - TimeSpan.FromTicks(1));
        Assert.Equal(1, _watch.Looks);
        Pass(TimeSpan.FromTicks(1));

        Assert.Equal(2, _watch.Looks);
    }

    [Fact]
    public async Task An_outage_is_reported_once_and_does_not_end_it()
    {
        _watch.Look = _ => throw new IOException("first");
        await StartAsync();
        _watch.Look = _ => throw new IOException("second");
        Pass(Every);

        Assert.Equal((2, "first"), (_watch.Looks, Assert.Single(_watch.Reported)));
    }

    [Fact]
    public async Task The_next_outage_is_reported_again()
    {
        _watch.Look = _ => throw new IOException("first");
        await StartAsync();
        _watch.Look = _ => Task.CompletedTask;
        Pass(Every);
        _watch.Look = _ => throw new IOException("second");
        Pass(Every);

        Assert.Equal(["first", "second"], _watch.Reported);
    }

    [Fact]
    public async Task Stopping_ends_a_look_that_is_under_way_and_is_no_outage()
    {
        _watch.Look = cancel => Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        await _watch.StartAsync(Cancel);
        Assert.True(SpinWait.SpinUntil(() => _watch.Looks == 1, Patience), "It has not begun to look.");

        await _watch.StopAsync(Cancel).WaitAsync(Patience, Cancel);

        Assert.True(_watch.ExecuteTask!.IsCanceled);
        Assert.Empty(_watch.Reported);
    }

    [Fact]
    public async Task Disposing_ends_the_pause_and_no_look_follows()
    {
        await StartAsync();

        _watch.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _watch.ExecuteTask!.WaitAsync(Patience, Cancel));
        _time.Advance(Every);

        Assert.Equal(1, _watch.Looks);
    }

    [Fact]
    public async Task What_fails_because_of_the_end_is_no_outage_and_does_not_come_out()
    {
        _watch.Look = cancel => Task.Delay(Timeout.InfiniteTimeSpan, cancel).ContinueWith(_ => throw new IOException("the connection is gone"), TaskScheduler.Default);
        await _watch.StartAsync(Cancel);
        Assert.True(SpinWait.SpinUntil(() => _watch.Looks == 1, Patience), "It has not begun to look.");

        await _watch.StopAsync(Cancel).WaitAsync(Patience, Cancel);

        Assert.True(_watch.ExecuteTask!.IsCanceled);
        Assert.Empty(_watch.Reported);
    }

    private async Task StartAsync()
    {
        await _watch.StartAsync(Cancel);
        AwaitPause();
    }

    /// <summary>Lets a pause end, and the look that follows it.</summary>
    private void Pass(TimeSpan by)
    {
        _time.Advance(by);
        AwaitPause();
    }

    private void AwaitPause() => Assert.True(SpinWait.SpinUntil(() => _time.Waiting == 1, Patience), "It does not wait for its next look.");

    private sealed class Watch(FakeTime time) : LiveWatch(Every, time)
    {
        private volatile int _looks;

        public int Looks => _looks;

        public List<string> Reported { get; } = [];

        public Func<CancellationToken, Task> Look { get; set; } = _ => Task.CompletedTask;

        protected override Task LookAsync(CancellationToken cancel)
        {
            _looks++;
            return Look(cancel);
        }

        protected override void Report(Exception e) => Reported.Add(e.Message);
    }
}
