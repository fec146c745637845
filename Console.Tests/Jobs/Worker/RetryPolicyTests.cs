using OpsConsole.Jobs;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Tests.Jobs.Worker;

public class RetryPolicyTests
{
    [Theory]
    [InlineData(Backoff.Exponential, 1, 10)]
    [InlineData(Backoff.Exponential, 2, 20)]
    [InlineData(Backoff.Exponential, 5, 100)]
    [InlineData(Backoff.Fixed, 1, 10)]
    [InlineData(Backoff.Fixed, 5, 10)]
    [InlineData(Backoff.Listed, 1, 60)]
    [InlineData(Backoff.Listed, 2, 90)]
    [InlineData(Backoff.Listed, 5, 90)]
    public void The_wait_grows_as_declared(Backoff backoff, int retry, double seconds)
    {
        var policy = RetryPolicy.From(new RetryAttribute { Times = 5, Backoff = backoff, DelaySeconds = 10, DelaysSeconds = [60, 90], MaxDelaySeconds = 100, Jitter = 0.5 });

        Assert.Equal(seconds, policy.DelayBefore(retry, 0)!.Value.TotalSeconds, 3);
        Assert.Equal(seconds * 1.5, policy.DelayBefore(retry, 1)!.Value.TotalSeconds, 3);
    }

    [Fact]
    public void No_retry_is_left_after_the_last()
    {
        var policy = RetryPolicy.From(new RetryAttribute { Times = 2 });

        Assert.NotNull(policy.DelayBefore(2, 0));
        Assert.Null(policy.DelayBefore(3, 0));
        Assert.Null(RetryPolicy.From(null).DelayBefore(1, 0));
    }

    [Fact]
    public void Very_many_retries_stay_within_the_longest_wait() =>
        Assert.Equal(3_600, RetryPolicy.From(new RetryAttribute { Times = 5_000, Jitter = 0 }).DelayBefore(4_999, 0)!.Value.TotalSeconds);

    [Fact]
    public void The_policy_is_told_in_words()
    {
        Assert.Equal("60 s, 120 s, 240 s", RetryPolicy.From(new RetryAttribute { Times = 3, Backoff = Backoff.Listed, DelaysSeconds = [60, 120, 240] }).Text);
        Assert.Equal("no retries", RetryPolicy.None.Text);
    }
}
