using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Upkeep;
using OpsConsole.Tests.Jobs.Worker;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Upkeep;

public class SweepLoopTests
{
    [Fact]
    public async Task A_worker_looks_by_itself_and_then_runs_what_was_lost()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync(options => options.SweepSeconds = 0.2);
        var id = await space.EnqueueAsync(job => job.Note("lost"), new EnqueueOptions { At = DateTimeOffset.UtcNow.AddHours(1) });
        await space.Database.HashSetAsync(space.Keys.JobStateData(id), "EnqueueAt", "1");
        await space.Database.SortedSetRemoveAsync(space.Keys.Schedule, id);

        await space.SeeAsync(JobEventKinds.Succeeded, id);

        Assert.NotEqual(0, (int)await space.Database.ExecuteAsync("XLEN", (RedisKey)space.Keys.Findings));
    }

    [Fact]
    public async Task One_worker_at_a_time_has_the_turn_and_keeps_it_by_asking_again()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var turn = RedisScript.Load("sweep-turn");
        async Task<int> AskAsync(string worker) => (int)await space.Redis.EvalAsync(turn, [worker, 60_000], TestContext.Current.CancellationToken);

        Assert.Equal((1, 0, 1), (await AskAsync("a"), await AskAsync("b"), await AskAsync("a")));
        await space.Database.KeyDeleteAsync(space.Keys.Sweep);
        Assert.Equal((1, 0), (await AskAsync("b"), await AskAsync("a")));
    }

    [Fact]
    public void The_filter_knows_every_id_that_was_added_and_hardly_any_other()
    {
        var filter = new IdFilter(20_000, seed: 7);
        var ids = Enumerable.Range(0, 20_000).Select(_ => Guid.NewGuid().ToString()).ToList();

        var knownBefore = ids.Count(id => !filter.Add(id));

        Assert.All(ids, id => Assert.True(filter.Contains(id)));
        Assert.InRange(knownBefore, 0, 5);
        Assert.InRange(Enumerable.Range(0, 20_000).Count(_ => filter.Contains(Guid.NewGuid().ToString())), 0, 5);
    }

    [Fact]
    public void A_prefix_stands_for_itself_in_a_pattern() => Assert.Equal(@"{a\*\[b\]\?}:", KeyWalk.PatternOf("{a*[b]?}:"));
}
