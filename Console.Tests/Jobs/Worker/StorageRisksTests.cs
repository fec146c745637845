using OpsConsole.Jobs.Worker;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Jobs.Worker;

public class StorageRisksTests
{
    [Theory]
    [InlineData("noeviction", "1", "always", "")]
    [InlineData("", "", "", "")]
    [InlineData("allkeys-lru", "1", "always", "deletes jobs")]
    [InlineData("noeviction", "0", "everysec", "no append-only file")]
    [InlineData("noeviction", "1", "everysec", "last 2 s")]
    [InlineData("noeviction", "1", "no", "half minute")]
    public void A_setting_that_may_lose_jobs_is_told(string eviction, string appendOnly, string fsync, string told)
    {
        var risks = StorageRisks.Of(eviction, appendOnly, fsync);

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
