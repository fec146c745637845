using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Worker;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Jobs.Worker;

public class StorageRisksTests
{
    [Theory]
    [InlineData("noeviction", true, "always", "")]
    [InlineData("", null, "", "")]
    [InlineData("noeviction", true, "", "")]
    [InlineData("allkeys-lru", true, "always", "deletes jobs")]
    [InlineData("noeviction", false, "everysec", "no append-only file")]
    [InlineData("noeviction", true, "everysec", "last 2 s")]
    [InlineData("noeviction", true, "no", "half minute")]
    public void A_setting_that_may_lose_jobs_is_told(string eviction, bool? appendOnly, string fsync, string told)
    {
        var risks = StorageRisks.Of(new StorageSettings { Eviction = eviction, AppendOnly = appendOnly, Fsync = fsync });

        if (told.Length == 0)
            Assert.Empty(risks);
        else
            Assert.Contains(told, Assert.Single(risks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_are_read_from_Redis()
    {
        await using var space = new RedisSpace();

        // The servers of the tests write once a second and evict nothing.
        Assert.Contains("everysec", Assert.Single(await StorageRisks.ReadAsync(space.Redis, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }
}
