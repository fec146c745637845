using System.Globalization;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Tests.Jobs.Worker;

public class FinishTests
{
    [Fact]
    public async Task A_success_is_written_as_Hangfire_writes_it()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await ClaimOneAsync(space);

        await worker.FinishAsync(job, FakeWorker.Success("""{"a":"\"<b>\""}"""));

        Assert.Equal("Succeeded", await space.FieldAsync(job.Id, "State"));
        Assert.Equal("""{"a":"\"<b>\""}""", await space.StateFieldAsync(job.Id, "Result"));
        Assert.Equal("7", await space.StateFieldAsync(job.Id, "PerformanceDuration"));
        Assert.Equal(["Enqueued", "Processing", "Succeeded"], await space.StatesAsync(job.Id));
        Assert.Equal("", await space.FieldAsync(job.Id, "Fetched"));
        Assert.NotNull(await space.Database.KeyTimeToLiveAsync(space.Keys.Job(job.Id)));
        Assert.Equal("1", (string?)await space.Database.StringGetAsync(space.Keys.Stats("succeeded")));
        Assert.Equal("1", (string?)await space.Database.StringGetAsync(space.Keys.Stats("succeeded:" + DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
        Assert.Equal("1", (string?)await space.Database.StringGetAsync(space.Keys.Stats("succeeded:" + DateTime.UtcNow.ToString("yyyy-MM-dd-HH", CultureInfo.InvariantCulture))));
        Assert.Equal(job.Id, (string?)(await space.Database.ListRangeAsync(space.Keys.Succeeded))[0]);
        await AssertNotHeldAsync(space, job);
    }

    [Fact]
    public async Task A_succeeded_job_stays_for_as_long_as_its_worker_says()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.NoteAsync("x");
        var worker = new FakeWorker(space.Redis, "fake:1:a", new JobWorkerOptions { KeepSucceededMinutes = 30 });
        var job = Assert.Single(await worker.ClaimAsync(1, "default"));

        await worker.FinishAsync(job, FakeWorker.Success());

        foreach (var key in (string[])[space.Keys.Job(job.Id), space.Keys.JobStateData(job.Id), space.Keys.JobHistory(job.Id)])
            Assert.InRange((await space.Database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromMinutes(28), TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task What_a_Hangfire_watcher_has_noted_goes_with_the_success()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await ClaimOneAsync(space);
        await space.Database.HashSetAsync(space.Keys.Job(job.Id), "Checked", "1");

        await worker.FinishAsync(job, FakeWorker.Success());

        Assert.Null(await space.FieldAsync(job.Id, "Checked"));
    }

    [Fact]
    public async Task A_stale_token_changes_nothing()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await ClaimOneAsync(space);
        await worker.FinishAsync(job, FakeWorker.Success());
        var kinds = await space.KindsAsync(job.Id);

        var answer = await worker.FinishAsync(job, new JobOutcome.Failed("late", FakeWorker.Error));

        Assert.Equal((job.Token, "token"), Assert.Single(answer.Refused));
        Assert.Equal("Succeeded", await space.FieldAsync(job.Id, "State"));
        Assert.Equal(kinds, await space.KindsAsync(job.Id));
        Assert.Equal("1", (string?)await space.Database.StringGetAsync(space.Keys.Stats("succeeded")));
    }

    [Fact]
    public async Task A_job_that_another_client_has_deleted_stays_deleted()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await ClaimOneAsync(space);
        await space.Database.HashSetAsync(space.Keys.Job(job.Id), "State", "Deleted");
        await space.Database.KeyDeleteAsync(space.Keys.JobStateData(job.Id));

        var answer = await worker.FinishAsync(job, FakeWorker.Success());

        Assert.Equal((job.Token, "Deleted"), Assert.Single(answer.Refused));
        Assert.Equal("Deleted", await space.FieldAsync(job.Id, "State"));
        await AssertNotHeldAsync(space, job);
    }

    [Fact]
    public async Task An_outcome_waits_while_a_Hangfire_client_holds_the_lock()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await ClaimOneAsync(space);
        await space.Database.StringSetAsync(space.Keys.JobLock(job.Id), "someone");

        Assert.Equal((job.Token, "locked"), Assert.Single((await worker.FinishAsync(job, FakeWorker.Success())).Refused));
        Assert.Equal("Processing", await space.FieldAsync(job.Id, "State"));
        await space.Database.KeyDeleteAsync(space.Keys.JobLock(job.Id));
        Assert.Empty((await worker.FinishAsync(job, FakeWorker.Success())).Refused);
    }

    [Fact]
    public async Task A_retry_leaves_a_failure_in_the_history_that_never_was_a_state()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await ClaimOneAsync(space, "reports");

        await worker.FinishAsync(job, new JobOutcome.Retry("Retry attempt 1 of 3: broken", FakeWorker.Error, 1, TimeSpan.FromSeconds(60)));

        Assert.Equal("Scheduled", await space.FieldAsync(job.Id, "State"));
        Assert.Equal("1", await space.FieldAsync(job.Id, "RetryCount"));
        Assert.Equal(["Enqueued", "Processing", "Failed", "Scheduled"], await space.StatesAsync(job.Id));
        Assert.Equal(0, await space.Database.SortedSetScoreAsync(space.Keys.Retries, job.Id));
        var due = await space.Database.SortedSetScoreAsync(space.Keys.Schedule, "reports:" + job.Id);
        Assert.InRange(due!.Value - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 30, 62);
        Assert.Equal("broken \"quoted\"", (await space.SeeAsync(JobEventKinds.Retrying, job.Id)).Text("message"));
    }

    [Fact]
    public async Task A_due_retry_goes_back_to_its_queue()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await ClaimOneAsync(space, "reports");
        await worker.FinishAsync(job, new JobOutcome.Retry("Retry attempt 1 of 3: broken", FakeWorker.Error, 1, TimeSpan.Zero));
        await space.Database.SortedSetAddAsync(space.Keys.Schedule, "reports:" + job.Id, 1);

        await worker.PromoteAsync();

        Assert.Equal("Enqueued", await space.FieldAsync(job.Id, "State"));
        Assert.Equal([job.Id], await space.QueueAsync("reports"));
        Assert.Null(await space.Database.SortedSetScoreAsync(space.Keys.Retries, job.Id));
        Assert.Equal(2, Assert.Single(await worker.ClaimAsync(1, "reports")).Attempt);
    }

    [Fact]
    public async Task A_failure_is_kept_for_ever()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await ClaimOneAsync(space);

        await worker.FinishAsync(job, new JobOutcome.Failed("An exception occurred.", FakeWorker.Error));

        Assert.Equal("Failed", await space.FieldAsync(job.Id, "State"));
        Assert.Equal("System.Exception: broken\n   at X", await space.StateFieldAsync(job.Id, "ExceptionDetails"));
        Assert.NotNull(await space.Database.SortedSetScoreAsync(space.Keys.Failed, job.Id));
        Assert.Null(await space.Database.KeyTimeToLiveAsync(space.Keys.Job(job.Id)));
        await AssertNotHeldAsync(space, job);
    }

    [Fact]
    public async Task A_job_given_back_is_the_next_to_run()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await ClaimOneAsync(space);
        await space.NoteAsync("later");

        await worker.FinishAsync(job, new JobOutcome.GivenBack("Worker stopped."));

        Assert.Equal("Worker stopped.", await space.StateFieldAsync(job.Id, "Reason"));
        Assert.Equal(job.Id, Assert.Single(await worker.ClaimAsync(1, "default")).Id);
        Assert.Equal(["enqueued", "processing", "requeued", "processing"], await space.KindsAsync(job.Id));
    }

    [Fact]
    public async Task A_job_given_back_that_was_to_be_cancelled_is_deleted()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var (worker, job) = await ClaimOneAsync(space);
        await space.Database.HashSetAsync(space.Keys.Cancels, job.Id, """{"by":"Ann","reason":"wrong month","at":1}""");

        await worker.FinishAsync(job, new JobOutcome.GivenBack("Worker stopped."));

        Assert.Equal("Cancelled by Ann: wrong month", await space.StateFieldAsync(job.Id, "Reason"));
        Assert.Empty(await worker.ClaimAsync(1, "default"));
        await AssertNotHeldAsync(space, job);
    }

    [Fact]
    public async Task The_end_of_a_parent_moves_its_children_by_their_condition()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var parent = await space.NoteAsync("parent");
        var onSuccess = await space.ContinueAsync(parent, job => job.Note("s"), ContinueOn.Succeeded, new EnqueueOptions { Queue = "after" });
        var onAny = await space.ContinueAsync(parent, job => job.Note("a"), ContinueOn.Any);
        var onDeletion = await space.ContinueAsync(parent, job => job.Note("d"), ContinueOn.Deleted);
        var grandchild = await space.ContinueAsync(onDeletion, job => job.Note("g"), ContinueOn.Any);
        var worker = space.Fake();

        await worker.FinishAsync(Assert.Single(await worker.ClaimAsync(1, "default")), FakeWorker.Success());

        Assert.Equal([onSuccess], await space.QueueAsync("after"));
        Assert.Equal("Enqueued", await space.FieldAsync(onAny, "State"));
        Assert.Equal("Deleted", await space.FieldAsync(onDeletion, "State"));
        Assert.Equal("Continuation condition was not met", await space.StateFieldAsync(onDeletion, "Reason"));
        Assert.Equal("Enqueued", await space.FieldAsync(grandchild, "State"));
        Assert.Equal(0, await space.Database.SortedSetLengthAsync(space.Keys.Awaiting));
    }

    [Fact]
    public async Task A_uniqueness_key_is_free_when_its_holder_ends()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.EnqueueAsync(job => job.Unique(1, "g", CancellationToken.None));
        var worker = space.Fake();
        var held = Assert.Single(await worker.ClaimAsync(1, "default"));
        Assert.Equal(EnqueueOutcome.DuplicateKey, (await space.TryEnqueueAsync(job => job.Unique(1, "g", CancellationToken.None))).Outcome);

        await worker.FinishAsync(held, FakeWorker.Success());

        Assert.True((await space.TryEnqueueAsync(job => job.Unique(1, "g", CancellationToken.None))).IsCreated);
    }

    [Fact]
    public async Task A_claim_whose_answer_was_lost_is_given_back_uncounted()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var id = await space.NoteAsync("x");
        var exchange = new JobExchange(space.Redis, "w:1:g", new JobWorkerOptions(), space.Fake().Catalogue);
        var first = exchange.ReserveTokens(5);
        await exchange.SendAsync(["default"], 5, first, []);

        Assert.Equal(1, await exchange.GiveBackAsync(first, 5));
        Assert.Equal(0, await exchange.GiveBackAsync(first, 5));
        Assert.Equal([id], await space.QueueAsync());
        Assert.False(await space.Database.HashExistsAsync(space.Keys.Lost, id));
    }

    internal static async Task<(FakeWorker Worker, ClaimedJob Job)> ClaimOneAsync(WorkerSpace space, string queue = "default")
    {
        await space.NoteAsync("x", queue);
        var worker = space.Fake();
        return (worker, Assert.Single(await worker.ClaimAsync(1, queue)));
    }

    private static async Task AssertNotHeldAsync(WorkerSpace space, ClaimedJob job)
    {
        Assert.False(await space.Database.HashExistsAsync(space.Keys.Running, job.Id));
        Assert.Null(await space.Database.SortedSetScoreAsync(space.Keys.Leases, job.Id));
        Assert.Null(await space.Database.SortedSetScoreAsync(space.Keys.Processing, job.Id));
        Assert.Equal(0, await space.Database.ListLengthAsync(space.Keys.Dequeued(job.Queue)));
    }
}
