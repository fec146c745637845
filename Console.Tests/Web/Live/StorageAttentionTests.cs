using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Jobs.Upkeep;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class StorageAttentionTests
{
    private static readonly StorageSettings Safe = new() { Eviction = "noeviction", AppendOnly = true, Fsync = "everysec" };

    [Fact]
    public void A_Redis_that_loses_two_seconds_at_most_needs_nobody() => Assert.Empty(StorageAttention.Of(Safe, []));

    [Theory]
    [InlineData(true, "no", "noeviction", 0, "half minute")]
    [InlineData(false, "everysec", "noeviction", 0, "last snapshot")]
    [InlineData(true, "always", "volatile-lru", 0, "volatile-lru")]
    [InlineData(true, "always", "noeviction", 110, "takes no new jobs")]
    public void A_setting_that_loses_or_refuses_jobs_needs_somebody(bool appendOnly, string fsync, string eviction, long limit, string says)
    {
        var item = Assert.Single(StorageAttention.Of(new StorageSettings { AppendOnly = appendOnly, Fsync = fsync, Eviction = eviction, UsedBytes = 100, LimitBytes = limit }, []));

        Assert.Equal(AttentionKind.StorageRisk, item.Kind);
        Assert.Contains(says, item.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_quarantined_in_the_last_hour_needs_somebody_and_what_was_repaired_does_not()
    {
        await using var space = await SweepSpace.OpenAsync();
        using var watch = new StorageWatch(space.Inspector, new StorageBoard(TimeProvider.System), TimeProvider.System, NullLogger<StorageWatch>.Instance);
        await space.PlantAsync("failed", "ghost");
        await space.SweepAsync();
        Assert.Empty((await watch.ReadAsync(TestContext.Current.CancellationToken)).Attention);

        await space.Database.StringSetAsync(space.Keys.Retries, "no set");
        await space.SweepAsync();

        var item = Assert.Single((await watch.ReadAsync(TestContext.Current.CancellationToken)).Attention);
        Assert.Equal((AttentionKind.Inconsistencies, "1 inconsistency was quarantined"), (item.Kind, item.Title));
    }
}
