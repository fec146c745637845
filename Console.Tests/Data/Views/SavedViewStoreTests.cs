using OpsConsole.Data.Operators;
using OpsConsole.Data.Views;

namespace OpsConsole.Tests.Data.Views;

public class SavedViewStoreTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SavedViewStore Store => space.Get<SavedViewStore>();

    private async Task<Guid> OperatorAsync(string name)
    {
        var mail = $"{Guid.NewGuid():N}@example.org";
        var person = new Operator { Id = Guid.NewGuid(), DisplayName = name, UserName = mail, NormalizedUserName = mail.ToUpperInvariant(), Email = mail, CreatedAt = space.Time.GetUtcNow() };
        await using var context = space.Context();
        context.Add(person);
        await context.SaveChangesAsync(Cancel);
        return person.Id;
    }

    [Fact]
    public async Task Everybody_sees_the_shared_views_and_nobody_those_of_others()
    {
        var (ada, bob) = (await OperatorAsync("Ada"), await OperatorAsync("Bob"));
        var shared = "Night shift " + Guid.NewGuid();
        await Store.SaveAsync(ada, "mine", "state:failed \0\ud800", isShared: false, Cancel);
        await Store.SaveAsync(ada, shared, "state:failed since:12h", isShared: true, Cancel);
        await Store.SaveAsync(bob, "Mine", "type:reports.*", isShared: false, Cancel);

        var seen = (await Store.ListAsync(bob, Cancel)).Where(view => view.OwnerId == ada || view.OwnerId == bob).ToList();

        Assert.Equal([(shared, "Ada", "state:failed since:12h", true), ("Mine", "Bob", "type:reports.*", false)], seen.Select(view => (view.Name, view.OwnerName, view.Query, view.IsShared)));
        Assert.Equal("state:failed \uFFFD\uFFFD", (await Store.ListAsync(ada, Cancel)).Single(view => view.Name == "mine").Query);
    }

    [Fact]
    public async Task The_same_name_gets_the_new_search()
    {
        var ada = await OperatorAsync("Ada");

        Assert.Equal(SavedViewWrite.Created, await Store.SaveAsync(ada, "Slow", "run>30s", isShared: false, Cancel));
        Assert.Equal(SavedViewWrite.Replaced, await Store.SaveAsync(ada, " slow ", "run>60s", isShared: false, Cancel));

        var view = Assert.Single(await Store.ListAsync(ada, Cancel), view => view.OwnerId == ada);
        Assert.Equal(("slow", "run>60s"), (view.Name, view.Query));
    }

    [Fact]
    public async Task There_is_an_end_to_the_views_of_one_person()
    {
        var ada = await OperatorAsync("Ada");
        for (var i = 0; i < SavedViewLimits.OfOne; i++)
            await Store.SaveAsync(ada, "view " + i, "state:failed", isShared: false, Cancel);

        Assert.Equal(SavedViewWrite.TooMany, await Store.SaveAsync(ada, "one more", "state:failed", isShared: false, Cancel));
        Assert.Equal(SavedViewWrite.Replaced, await Store.SaveAsync(ada, "view 1", "state:deleted", isShared: false, Cancel));
    }

    [Fact]
    public async Task A_view_is_deleted_by_its_owner_or_when_it_is_shared()
    {
        var (ada, bob) = (await OperatorAsync("Ada"), await OperatorAsync("Bob"));
        await Store.SaveAsync(ada, "mine", "state:failed", isShared: false, Cancel);
        await Store.SaveAsync(ada, "ours", "state:failed", isShared: true, Cancel);
        var views = (await Store.ListAsync(ada, Cancel)).Where(view => view.OwnerId == ada).ToDictionary(view => view.Name, view => view.Id);

        Assert.False(await Store.DeleteAsync(bob, views["mine"], Cancel));
        Assert.True(await Store.DeleteAsync(bob, views["ours"], Cancel));
        Assert.True(await Store.DeleteAsync(ada, views["mine"], Cancel));
        Assert.False(await Store.DeleteAsync(ada, views["mine"], Cancel));
    }
}
