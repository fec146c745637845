using System.Text.Json;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Tests.Jobs.Worker;

public class RecoverTests
{
    [Fact]
    public async Task A_job_whose_lease_has_ended_goes_to_the_front_with_the_reason()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await FinishTests.ClaimOneAsync(space);
        await space.NoteAsync("later");
        await LoseAsync(space, job);

        await worker.RecoverAsync();

        Assert.Equal(job.Id, (await space.QueueAsync())[^1]);
        Assert.Equal("1", (string?)await space.Database.HashGetAsync(space.Keys.Lost, job.Id));
        Assert.Contains("fake:1:a was lost", await space.StateFieldAsync(job.Id, "Reason"), StringComparison.Ordinal);
        Assert.Equal(1, (await space.SeeAsync(JobEventKinds.Requeued, job.Id)).Number("lost"));
        Assert.Equal((job.Token, "token"), Assert.Single((await worker.FinishAsync(job, FakeWorker.Success())).Refused));
    }

    [Fact]
    public async Task A_job_that_has_lost_three_workers_is_quarantined()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.NoteAsync("killer");
        var worker = space.Fake();
        ClaimedJob job = null!;
        for (var start = 0; start < 3; start++)
        {
            job = Assert.Single(await worker.ClaimAsync(1, "default"));
            await LoseAsync(space, job);
            await worker.RecoverAsync();
        }

        Assert.Equal(3, job.Attempt);
        Assert.Equal("Failed", await space.FieldAsync(job.Id, "State"));
        Assert.StartsWith("Quarantined:", await space.StateFieldAsync(job.Id, "Reason"), StringComparison.Ordinal);
        Assert.NotNull(await space.Database.SortedSetScoreAsync(space.Keys.Quarantine, job.Id));
        Assert.NotNull(await space.Database.SortedSetScoreAsync(space.Keys.Failed, job.Id));
        Assert.Empty(await worker.ClaimAsync(1, "default"));
        Assert.Equal(3, (await space.SeeAsync(JobEventKinds.Quarantined, job.Id)).Number("lost"));
    }

    [Fact]
    public async Task A_lost_job_that_was_to_be_cancelled_is_deleted()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await FinishTests.ClaimOneAsync(space);
        await space.Database.HashSetAsync(space.Keys.Cancels, job.Id, """{"by":"Ann","reason":"wrong month","at":1}""");
        await LoseAsync(space, job);

        await worker.RecoverAsync();

        Assert.Equal("Deleted", await space.FieldAsync(job.Id, "State"));
        Assert.Equal("Cancelled by Ann: wrong month", await space.StateFieldAsync(job.Id, "Reason"));
    }

    [Fact]
    public async Task A_renewed_lease_is_left_alone()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await FinishTests.ClaimOneAsync(space);
        await LoseAsync(space, job);
        await worker.RunAsync("renew", worker.Id, 15_000, 1_000, 2_000, "", "", 0, job.Id, job.Token);

        Assert.Empty(await worker.RecoverAsync());
        Assert.Equal("Processing", await space.FieldAsync(job.Id, "State"));
    }

    [Fact]
    public async Task A_worker_whose_heart_has_stopped_is_written_down_as_lost()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var dead = space.Fake("dead:1:a");
        await dead.RunAsync("worker-start", "dead:1:a", "start", 3, 1, "default", 0, "Host", "h", "Version", "9", "StartedAt", "1").ContinueWith(_ => { }, TaskScheduler.Default);
        await space.Database.HashSetAsync(space.Keys.Server("dead:1:a"), "Heartbeat", "1");
        await space.Database.HashSetAsync(space.Keys.Server("hangfire:2:b"), "Heartbeat", "1");
        await space.Database.SetAddAsync(space.Keys.Servers, "hangfire:2:b");

        await space.Fake().RecoverAsync();

        Assert.Equal(["hangfire:2:b"], (await space.Database.SetMembersAsync(space.Keys.Servers)).Select(id => (string?)id));
        Assert.Equal("9", (await space.SeeAsync(JobEventKinds.WorkerLost, "dead:1:a")).Text("version"));
        using var gone = JsonDocument.Parse((string)(await space.Database.SortedSetRangeByRankAsync(space.Keys.Gone))[0]!);
        Assert.Equal("lost", gone.RootElement.GetProperty("how").GetString());
        Assert.Equal("h", gone.RootElement.GetProperty("worker").GetProperty("Host").GetString());
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task A_job_that_one_more_lost_worker_would_quarantine_runs_beside_no_other_that_has_lost_one(int lostByFirst, int lostBySecond)
    {
        await using var space = await WorkerSpace.OpenAsync();
        string[] ids = [await space.NoteAsync("killer"), await space.NoteAsync("companion")];
        await space.Database.HashSetAsync(space.Keys.Lost, ids[0], lostByFirst);
        await space.Database.HashSetAsync(space.Keys.Lost, ids[1], lostBySecond);
        var sound = await space.NoteAsync("sound");
        var (first, second) = (space.Fake("first:1:a"), space.Fake("second:2:b"));

        var claimed = await first.ClaimAsync(5, "default");
        var again = await TakeAsync(first);
        var elsewhere = await TakeAsync(second);

        Assert.Equal([ids[0], sound], claimed.Select(job => job.Id));
        Assert.Empty(again);
        Assert.Equal(ids[1], Assert.Single(elsewhere).Id);

        async Task<IReadOnlyList<ClaimedJob>> TakeAsync(FakeWorker worker)
        {
            await space.Database.SortedSetAddAsync(space.Keys.Throttled("default"), ids[1], 1);
            return await worker.ClaimAsync(5, "default");
        }
    }

    [Fact]
    public async Task Jobs_that_have_lost_one_worker_run_beside_each_other()
    {
        await using var space = await WorkerSpace.OpenAsync();
        foreach (var text in (string[])["one", "two"])
            await space.Database.HashSetAsync(space.Keys.Lost, await space.NoteAsync(text), 1);

        Assert.Equal(2, (await space.Fake().ClaimAsync(5, "default")).Count);
    }

    [Fact]
    public async Task A_suspect_that_ends_makes_room_for_the_next_one()
    {
        await using var space = await WorkerSpace.OpenAsync();
        string[] ids = [await space.NoteAsync("first"), await space.NoteAsync("second")];
        foreach (var id in ids)
            await space.Database.HashSetAsync(space.Keys.Lost, id, 2);
        var worker = space.Fake();
        var job = Assert.Single(await worker.ClaimAsync(5, "default"));
        await space.Database.SortedSetAddAsync(space.Keys.Throttled("default"), ids[1], 1);

        await worker.FinishAsync(job, FakeWorker.Success());

        Assert.Equal(ids[1], Assert.Single(await worker.ClaimAsync(5, "default")).Id);
    }

    private static Task<bool> LoseAsync(WorkerSpace space, ClaimedJob job) => space.Database.SortedSetAddAsync(space.Keys.Leases, job.Id, 1);
}
