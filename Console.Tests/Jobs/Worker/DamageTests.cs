using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Tests.Jobs.Worker;

/// <summary>One damaged job harms no other.</summary>
public class DamageTests
{
    [Fact]
    public async Task A_damaged_id_in_a_queue_holds_up_nobody_and_is_not_lost()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var first = await space.NoteAsync("1");
        await space.Database.StringSetAsync(space.Keys.Job("broken"), "no hash");
        await space.Database.ListLeftPushAsync(space.Keys.Queue("default"), "broken");
        var last = await space.NoteAsync("2");
        var halfBroken = await space.NoteAsync("3");
        await space.Database.KeyDeleteAsync(space.Keys.JobStateData(halfBroken));
        await space.Database.StringSetAsync(space.Keys.JobStateData(halfBroken), "no hash");

        var answer = await space.Fake().AskAsync(10, "default");

        Assert.Equal([first, last], answer.Jobs.Select(job => job.Id));
        Assert.Equal(["broken", halfBroken], answer.Damaged.Select(damage => damage.Id));
        Assert.Contains("WRONGTYPE", answer.Damaged[0].Fault, StringComparison.Ordinal);
        Assert.Equal(4, await space.Database.ListLengthAsync(space.Keys.Dequeued("default")));
    }

    [Fact]
    public async Task A_job_that_breaks_while_it_is_claimed_takes_no_token_from_those_behind_it()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var worker = space.Fake();
        var first = await space.NoteAsync("1");
        var broken = await space.NoteAsync("2");
        var last = await space.NoteAsync("3");
        await space.Database.KeyDeleteAsync(space.Keys.JobHistory(broken));
        await space.Database.StringSetAsync(space.Keys.JobHistory(broken), "no list");

        var answer = await worker.AskAsync(10, "default");

        Assert.Equal([first, last], answer.Jobs.Select(job => job.Id));
        foreach (var job in answer.Jobs)
            Assert.Empty((await worker.FinishAsync(job, FakeWorker.Success())).Refused);
    }

    [Fact]
    public async Task An_outcome_that_cannot_be_written_is_told_and_lets_go()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await FinishTests.ClaimOneAsync(space);
        await space.Database.KeyDeleteAsync(space.Keys.JobHistory(job.Id));
        await space.Database.StringSetAsync(space.Keys.JobHistory(job.Id), "no list");

        var answer = await worker.FinishAsync(job, FakeWorker.Success());

        Assert.StartsWith("damaged: ", Assert.Single(answer.Refused).Why, StringComparison.Ordinal);
        Assert.False(await space.Database.HashExistsAsync(space.Keys.Running, job.Id));
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("{\"JobId\":1}")]
    [InlineData("nonsense")]
    [InlineData("[{\"JobId\":\"nobody\"},{}]")]
    public async Task A_parent_ends_well_whatever_its_list_of_children_holds(string continuations)
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await FinishTests.ClaimOneAsync(space);
        await space.Database.HashSetAsync(space.Keys.Job(job.Id), "Continuations", continuations);

        Assert.Empty((await worker.FinishAsync(job, FakeWorker.Success())).Refused);
        Assert.Equal("Succeeded", await space.FieldAsync(job.Id, "State"));
    }

    [Fact]
    public async Task A_damaged_job_stops_neither_recovery_nor_the_schedule()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await FinishTests.ClaimOneAsync(space);
        await space.Database.StringSetAsync(space.Keys.Job("broken"), "no hash");
        await space.Database.HashSetAsync(space.Keys.Running, "broken", "t|w|default|1|1");
        await space.Database.SortedSetAddAsync(space.Keys.Leases, [new("broken", 1), new(job.Id, 2)]);
        await space.Database.SortedSetAddAsync(space.Keys.Schedule, "broken", 1);
        var later = await space.EnqueueAsync(probe => probe.Note("due"), new() { At = DateTimeOffset.UtcNow.AddHours(1) });
        await space.Database.SortedSetAddAsync(space.Keys.Schedule, later, 2);

        await worker.RecoverAsync();
        await worker.PromoteAsync();

        Assert.Equal([later, job.Id], await space.QueueAsync());
        Assert.Equal(0, await space.Database.SortedSetLengthAsync(space.Keys.Schedule));
        Assert.Equal(0, await space.Database.SortedSetLengthAsync(space.Keys.Leases));
    }

    [Fact]
    public async Task A_cancellation_that_cannot_be_read_still_cancels()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync(configure: options => options.RenewSeconds = 0.2);
        var id = await space.EnqueueAsync(job => job.Wait("never", CancellationToken.None));
        await space.SeeStartAsync();

        await space.Database.HashSetAsync(space.Keys.Cancels, id, "nonsense");

        await space.SeeAsync(JobEventKinds.Deleted, id);
    }
}
