namespace OpsConsole.Tests.Support;

public class FakeTimeTests
{
    [Fact]
    public async Task A_delay_ends_when_the_clock_reaches_it()
    {
        var time = new FakeTime();
        var delay = Task.Delay(TimeSpan.FromSeconds(10), time, TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(delay.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }

    [Fact]
    public void A_periodic_timer_fires_once_per_period_and_sees_its_own_time()
    {
        var time = new FakeTime();
        var seen = new List<TimeSpan>();
        var start = time.GetUtcNow();
        using var timer = time.CreateTimer(_ => seen.Add(time.GetUtcNow() - start), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal([1, 3, 5], seen.Select(at => at.TotalSeconds));
    }
}
