using OpsConsole.Chaos;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Chaos;

public class InvariantsTests
{
    [Fact]
    public async Task A_job_in_two_places_in_none_or_in_the_wrong_one_is_found_and_a_job_in_its_place_is_not()
    {
        await using var space = new RedisSpace();
        var (database, keys) = (await RedisSpace.DatabaseAsync(), space.Keys);
        await Job("waits", "Enqueued");
        await Job("twice", "Enqueued");
        await Job("nowhere", "Enqueued");
        await Job("ended", "Succeeded");
        await database.SetAddAsync(keys.Queues, "default");
        await database.ListLeftPushAsync(keys.Queue("default"), ["waits", "twice", "ended", "ghost"]);
        await database.SortedSetAddAsync(keys.Failed, "twice", 1);

        var found = await Invariants.CheckAsync(database, keys, ["waits", "twice", "nowhere", "ended", "gone"]);

        Assert.Equal(
            ["ended: Succeeded in 'queue'", "ghost: no job in 'queue'", "nowhere: Enqueued in ''", "twice: Enqueued in 'failed+queue'"],
            found.Broken.Order(StringComparer.Ordinal));
        Assert.Null(found.States["gone"]);

        Task Job(string id, string state) => database.HashSetAsync(keys.Job(id), [new("State", state)]);
    }
}
