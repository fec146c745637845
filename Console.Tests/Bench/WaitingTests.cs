using OpsConsole.Bench;

namespace OpsConsole.Tests.Bench;

public sealed class WaitingTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private int _looks;

    [Fact]
    public async Task It_is_looked_at_until_it_is_so()
    {
        await Waiting.UntilAsync("three looks", TimeSpan.FromMinutes(1), () => Task.FromResult(++_looks == 3), Pause);

        Assert.Equal(3, _looks);
    }

    [Fact]
    public async Task What_is_so_at_once_needs_one_look_however_short_the_limit() =>
        Assert.NotNull(await Waiting.TryUntilAsync(TimeSpan.Zero, () => Task.FromResult(true)));

    [Fact]
    public async Task Who_has_waited_in_vain_is_told_for_what_and_how_long()
    {
        var refused = await Assert.ThrowsAsync<TimeoutException>(() => Waiting.UntilAsync("30,000 jobs have succeeded", TimeSpan.Zero, () => Task.FromResult(false), Pause));
        Assert.StartsWith("Not within 0 s: 30,000 jobs have succeeded.", refused.Message, StringComparison.Ordinal);

        Assert.Null(await Waiting.TryUntilAsync(TimeSpan.Zero, () => Task.FromResult(false), Pause));
    }
}
