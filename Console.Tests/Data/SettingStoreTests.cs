using OpsConsole.Data.Settings;

namespace OpsConsole.Tests.Data;

public class SettingStoreTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SettingStore Store => space.Get<SettingStore>();

    [Fact]
    public async Task The_last_value_that_was_written_holds()
    {
        await Store.SetAsync("colour", "green", cancel: Cancel);
        await Store.SetAsync("colour", "blue", cancel: Cancel);

        Assert.Equal("blue", await Store.GetAsync("colour", Cancel));
        Assert.Null(await Store.GetAsync("shape", Cancel));
    }

    [Fact]
    public async Task A_value_ends_with_its_time()
    {
        await Store.SetAsync("brief", "yes", space.Time.GetUtcNow().AddHours(1), Cancel);
        Assert.Equal("yes", await Store.GetAsync("brief", Cancel));

        space.Time.Advance(TimeSpan.FromHours(1));

        Assert.Null(await Store.GetAsync("brief", Cancel));
        Assert.False(await Store.TakeAsync("brief", "yes", Cancel));
    }

    [Fact]
    public async Task Of_many_who_take_a_value_one_gets_it()
    {
        await Store.SetAsync("prize", "gold", cancel: Cancel);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.TakeAsync("prize", "gold", Cancel)));

        Assert.Single(taken, won => won);
    }
}
