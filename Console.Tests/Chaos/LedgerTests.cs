using OpsConsole.Chaos.Ledger;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Chaos;

public class LedgerTests
{
    private static int s_time;

    [Fact]
    public async Task A_stale_token_is_refused_and_so_is_the_newest_one_in_a_second_hand()
    {
        await using var book = await LedgerBook.OpenAsync(TestServers.Redis);
        using var connection = await ConnectionMultiplexer.ConnectAsync(TestServers.Redis);
        var (first, second) = (new LedgerWriter(connection.GetDatabase(), book.Name, "first"), new LedgerWriter(connection.GetDatabase(), book.Name, "second"));

        Assert.True(await first.BeginAsync("job", 1));
        Assert.True(await second.BeginAsync("job", 2));
        Assert.False(await first.EffectAsync("job", 1));
        Assert.False(await first.EffectAsync("job", 2));
        Assert.True(await second.EffectAsync("job", 2));

        var audit = new LedgerAudit(await book.ReadAsync());
        Assert.Equal((0, 2, 1, 0), (audit.DoubleEffects, audit.RefusedEffects, audit.Restarts, audit.RepeatedEffects));
        Assert.True(audit.HasEffect("job"));
    }

    [Fact]
    public void An_effect_that_was_taken_under_a_stale_token_is_found()
    {
        var audit = new LedgerAudit([Begin(1, "first"), Begin(2, "second"), Effect(1, "first"), Effect(2, "third")]);

        Assert.Equal(2, audit.DoubleEffects);
        Assert.False(audit.HasEffect("job"));
    }

    [Fact]
    public void A_worker_that_dies_after_its_effect_has_it_repeated_and_not_doubled()
    {
        var audit = new LedgerAudit([Begin(1, "first"), Effect(1, "first"), Begin(2, "second"), Effect(2, "second")]);

        Assert.Equal((0, 1, 1), (audit.DoubleEffects, audit.RepeatedEffects, audit.Restarts));
        Assert.Equal(2, audit.Starts("job"));
    }

    private static LedgerEntry Begin(int token, string holder) => new(++s_time, IsEffect: false, "job", token, holder, IsAccepted: true);

    private static LedgerEntry Effect(int token, string holder) => new(++s_time, IsEffect: true, "job", token, holder, IsAccepted: true);
}
