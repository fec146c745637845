using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Monitoring;

public sealed class ControlTests : IAsyncDisposable
{
    private readonly JobsSpace _jobs = new();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task Retry_puts_a_failed_job_of_Hangfire_back_into_its_own_queue()
    {
        await _jobs.LoadAsync("rich-180");
        const string id = "97d32bf2-c9c9-4d8a-acde-9111a808a97b";

        var result = await _jobs.Control.RetryAsync(id, JobsSpace.Ada, cancel: JobsSpace.Cancel);

        Assert.Equal((ControlOutcome.Done, $"Job {id} is in queue 'default'."), (result.Outcome, result.Message));
        var job = await _jobs.Inspector.GetJobAsync(id, JobsSpace.Cancel);
        Assert.Equal((JobState.Enqueued, "Retried by ada@example.org: a good reason"), (job!.Job.State, job.Job.Reason));
        Assert.Empty(job.Job.Defects);
        Assert.Equal(id, (await _jobs.QueueAsync("default"))[0]);
        Assert.DoesNotContain((await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Failed }, JobsSpace.Cancel)).Jobs, row => row.Id == id);
        var written = Assert.Single(await _jobs.EventsAsync());
        Assert.Equal((JobEventKinds.Enqueued, "Failed", "ada@example.org"), (written.Kind, written.PreviousState, written.Text("by")));
    }

    [Theory]
    [InlineData("c36ff78c-368f-4e1b-a7ee-46d12d237cc9", "default")]
    [InlineData("25c560a0-6d10-4822-82b3-6645a8bf60d6", "default")]
    [InlineData("6c070be9-4d42-4e7e-802b-589814f02c2b", "low")]
    [InlineData("4fda4f7a-8c7f-44b9-8b69-b03600009abf", "low")]
    [InlineData("1e46aaf0-39d4-4f99-aa19-179d811899cd", "low")]
    public async Task Retry_takes_a_job_out_of_every_list_it_was_in(string id, string queue)
    {
        await _jobs.LoadAsync("rich-180");

        Assert.True((await _jobs.Control.RetryAsync(id, JobsSpace.Ada, cancel: JobsSpace.Cancel)).IsAccepted);

        Assert.Equal(id, (await _jobs.QueueAsync(queue))[0]);
        var database = await RedisSpace.DatabaseAsync();
        foreach (var key in new[] { _jobs.Keys.Schedule, _jobs.Keys.Retries, _jobs.Keys.Failed, _jobs.Keys.Awaiting })
            Assert.DoesNotContain(await database.SortedSetRangeByRankAsync(key), member => ((string)member!).EndsWith(id, StringComparison.Ordinal));
        foreach (var key in new[] { _jobs.Keys.Succeeded, _jobs.Keys.Deleted })
            Assert.DoesNotContain(id, (await database.ListRangeAsync(key)).Select(member => (string)member!));
        Assert.Null(await database.KeyTimeToLiveAsync(_jobs.Keys.Job(id)));
    }

    [Fact]
    public async Task Retry_into_another_queue_moves_the_job_for_good()
    {
        var id = await _jobs.EnqueueAsync(new EnqueueOptions { Queue = "slow" });

        Assert.True((await _jobs.Control.RetryAsync(id, JobsSpace.Ada, "fast", JobsSpace.Cancel)).IsAccepted);
        Assert.Empty(await _jobs.QueueAsync("slow"));
        Assert.Equal([id], await _jobs.QueueAsync("fast"));
        Assert.True((await _jobs.Control.RetryAsync(id, JobsSpace.Ada, "default", JobsSpace.Cancel)).IsAccepted);
        Assert.Equal([id], await _jobs.QueueAsync("default"));
        Assert.Equal("default", (await _jobs.Inspector.GetJobsAsync([id], JobsSpace.Cancel))[0].Queue);
    }

    [Fact]
    public async Task Retry_leaves_a_waiting_job_where_it_is_and_saves_one_that_was_lost()
    {
        var id = await _jobs.EnqueueAsync();

        Assert.Equal(ControlOutcome.WrongState, (await _jobs.Control.RetryAsync(id, JobsSpace.Ada, cancel: JobsSpace.Cancel)).Outcome);
        await (await RedisSpace.DatabaseAsync()).KeyDeleteAsync(_jobs.Keys.Queue("default"));
        Assert.Equal(ControlOutcome.Done, (await _jobs.Control.RetryAsync(id, JobsSpace.Ada, cancel: JobsSpace.Cancel)).Outcome);
        Assert.Equal([id], await _jobs.QueueAsync("default"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retry_saves_what_a_Hangfire_server_that_is_gone_or_silent_left_behind(bool gone)
    {
        await _jobs.LoadAsync("rich-180");
        const string running = "ce5bbb19-7d73-4aae-a5a1-656b946cd8fe";
        var database = await RedisSpace.DatabaseAsync();
        Assert.Equal(ControlOutcome.WrongState, (await _jobs.Control.RetryAsync(running, JobsSpace.Ada, cancel: JobsSpace.Cancel)).Outcome);
        foreach (var server in (await database.SetMembersAsync(_jobs.Keys.Servers)).Select(id => (string)id!))
            await (gone ? database.KeyDeleteAsync(_jobs.Keys.Server(server)) : database.HashSetAsync(_jobs.Keys.Server(server), "Heartbeat", 1));
        var fetched = await _jobs.EnqueueAsync();
        await database.ListRightPopLeftPushAsync(_jobs.Keys.Queue("default"), _jobs.Keys.Dequeued("default"));
        await database.ListRemoveAsync(_jobs.Keys.Queue("default"), fetched);
        await database.ListRightPushAsync(_jobs.Keys.Dequeued("default"), fetched);

        Assert.Contains("is gone", Assert.Single((await _jobs.Inspector.GetJobsAsync([running], JobsSpace.Cancel))[0].Defects));
        Assert.True((await _jobs.Control.RetryAsync(running, JobsSpace.Ada, cancel: JobsSpace.Cancel)).IsAccepted);
        Assert.True((await _jobs.Control.RetryAsync(fetched, JobsSpace.Ada, cancel: JobsSpace.Cancel)).IsAccepted);

        Assert.Equal([fetched, running], (await _jobs.QueueAsync("default"))[..2]);
        Assert.DoesNotContain((await database.ListRangeAsync(_jobs.Keys.Dequeued("default"))).Select(id => (string)id!), id => id == running || id == fetched);
        Assert.Equal(0, (await database.SortedSetRangeByRankAsync(_jobs.Keys.Processing)).Count(id => id == running));
    }

    [Fact]
    public async Task Retry_never_makes_a_second_entry_in_a_queue()
    {
        var id = await _jobs.EnqueueAsync();
        await _jobs.Control.DeleteAsync(id, JobsSpace.Ada, JobsSpace.Cancel);
        // As Hangfire leaves it: the entry stays when its job is deleted.
        await (await RedisSpace.DatabaseAsync()).ListLeftPushAsync(_jobs.Keys.Queue("default"), id);

        await _jobs.Control.RetryAsync(id, JobsSpace.Ada, cancel: JobsSpace.Cancel);

        Assert.Equal([id], await _jobs.QueueAsync("default"));
    }

    [Fact]
    public async Task Retry_is_refused_while_another_job_holds_the_key()
    {
        var first = await _jobs.EnqueueAsync(new EnqueueOptions { UniqueKey = "k" });
        await _jobs.Control.DeleteAsync(first, JobsSpace.Ada, JobsSpace.Cancel);
        var second = await _jobs.EnqueueAsync(new EnqueueOptions { UniqueKey = "k" });

        var result = await _jobs.Control.RetryAsync(first, JobsSpace.Ada, cancel: JobsSpace.Cancel);

        Assert.Equal(ControlOutcome.WrongState, result.Outcome);
        Assert.Contains(second, result.Message);
        Assert.Equal("Deleted", await _jobs.StateAsync(first));
    }

    [Fact]
    public async Task Retry_brings_a_quarantined_job_back_with_a_clean_record()
    {
        await _jobs.LoadAsync("rich-180");
        const string id = "97d32bf2-c9c9-4d8a-acde-9111a808a97b";
        var database = await RedisSpace.DatabaseAsync();
        await database.SortedSetAddAsync(_jobs.Keys.Quarantine, id, 1);
        await database.HashSetAsync(_jobs.Keys.Lost, id, 3);
        Assert.Equal(id, Assert.Single((await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Quarantined }, JobsSpace.Cancel)).Jobs).Id);

        await _jobs.Control.RetryAsync(id, JobsSpace.Ada, cancel: JobsSpace.Cancel);

        Assert.Equal((0, false), (await database.SortedSetLengthAsync(_jobs.Keys.Quarantine), await database.HashExistsAsync(_jobs.Keys.Lost, id)));
    }

    [Fact]
    public async Task Delete_takes_a_job_out_of_its_queue_and_counts_it()
    {
        var id = await _jobs.EnqueueAsync();

        Assert.Equal(ControlOutcome.Done, (await _jobs.Control.DeleteAsync(id, JobsSpace.Ada, JobsSpace.Cancel)).Outcome);

        Assert.Empty(await _jobs.QueueAsync("default"));
        var job = await _jobs.Inspector.GetJobAsync(id, JobsSpace.Cancel);
        Assert.Equal((JobState.Deleted, "Deleted by ada@example.org: a good reason"), (job!.Job.State, job.Job.Reason));
        Assert.NotNull(job.ExpiresAt);
        Assert.Equal(1, (await _jobs.Inspector.GetSnapshotAsync(JobsSpace.Cancel)).Counts.DeletedTotal);
        Assert.Equal(ControlOutcome.WrongState, (await _jobs.Control.DeleteAsync(id, JobsSpace.Ada, JobsSpace.Cancel)).Outcome);
        Assert.Equal([JobEventKinds.Enqueued, JobEventKinds.Deleted], (await _jobs.EventsAsync()).Select(written => written.Kind));
    }

    [Fact]
    public async Task Delete_sweeps_an_id_that_is_left_without_its_job()
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.SetAddAsync(_jobs.Keys.Queues, "default");
        await database.ListLeftPushAsync(_jobs.Keys.Queue("default"), "ghost");
        await database.ListLeftPushAsync(_jobs.Keys.Dequeued("default"), "ghost");
        await database.SortedSetAddAsync(_jobs.Keys.Schedule, "default:ghost", 1);
        await database.SortedSetAddAsync(_jobs.Keys.Failed, "ghost", 1);

        Assert.Equal(ControlOutcome.Done, (await _jobs.Control.DeleteAsync("ghost", JobsSpace.Ada, JobsSpace.Cancel)).Outcome);

        Assert.Equal(0, await database.KeyExistsAsync(_jobs.Keys.Failed) ? 1 : 0);
        Assert.Empty(await _jobs.QueueAsync("default"));
        Assert.False(await database.KeyExistsAsync(_jobs.Keys.Schedule));
        Assert.Equal(ControlOutcome.NotFound, (await _jobs.Control.DeleteAsync("ghost", JobsSpace.Ada, JobsSpace.Cancel)).Outcome);
    }

    [Fact]
    public async Task Cancel_asks_the_worker_of_a_job_that_one_of_ours_holds()
    {
        var id = await _jobs.EnqueueAsync();
        await _jobs.HoldAsync(id);
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _jobs.Space.Redis.SubscribeAsync(_jobs.Keys.Commands, (_, message) => heard.TrySetResult(message!), JobsSpace.Cancel);

        var result = await _jobs.Control.CancelAsync(id, JobsSpace.Ada, JobsSpace.Cancel);

        Assert.Equal(ControlOutcome.Requested, result.Outcome);
        Assert.True(result.IsAccepted);
        Assert.Equal("cancel " + id, await heard.Task.WaitAsync(JobsSpace.Cancel));
        var row = (await _jobs.Inspector.GetJobsAsync([id], JobsSpace.Cancel))[0];
        Assert.True(row.CancelRequested);
        Assert.Equal((JobState.Processing, 1), (row.State, row.Attempt));
        var written = (await _jobs.EventsAsync())[^1];
        Assert.Equal((JobEventKinds.CancelRequested, "default", "a good reason"), (written.Kind, written.Queue, written.Text("reason")));
        Assert.StartsWith("host:1:", written.Worker, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_deletes_a_job_that_a_Hangfire_server_runs_and_one_that_waits()
    {
        await _jobs.LoadAsync("rich-180");

        var running = await _jobs.Control.CancelAsync("ce5bbb19-7d73-4aae-a5a1-656b946cd8fe", JobsSpace.Ada, JobsSpace.Cancel);
        var waiting = await _jobs.Control.CancelAsync("6c070be9-4d42-4e7e-802b-589814f02c2b", JobsSpace.Ada, JobsSpace.Cancel);
        var ended = await _jobs.Control.CancelAsync("4fda4f7a-8c7f-44b9-8b69-b03600009abf", JobsSpace.Ada, JobsSpace.Cancel);

        Assert.Equal((ControlOutcome.Done, ControlOutcome.Done, ControlOutcome.WrongState), (running.Outcome, waiting.Outcome, ended.Outcome));
        // One child goes on after any end, the other only after success.
        Assert.Equal("Enqueued", await _jobs.StateAsync("23bea53b-4ca7-46c7-ad98-fe94343b6874"));
        Assert.Equal("Deleted", await _jobs.StateAsync("236b76fc-ed8a-4beb-98ae-643a7c772550"));
    }

    [Fact]
    public async Task A_running_job_is_neither_retried_nor_deleted()
    {
        var id = await _jobs.EnqueueAsync();
        await _jobs.HoldAsync(id);

        Assert.Equal(ControlOutcome.WrongState, (await _jobs.Control.RetryAsync(id, JobsSpace.Ada, cancel: JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.WrongState, (await _jobs.Control.DeleteAsync(id, JobsSpace.Ada, JobsSpace.Cancel)).Outcome);
        Assert.Equal("Processing", await _jobs.StateAsync(id));
    }

    [Fact]
    public async Task A_job_that_a_Hangfire_client_has_locked_is_left_alone()
    {
        var id = await _jobs.EnqueueAsync();
        await (await RedisSpace.DatabaseAsync()).StringSetAsync(_jobs.Keys.JobLock(id), "someone", TimeSpan.FromSeconds(30));

        Assert.Equal(ControlOutcome.Locked, (await _jobs.Control.RetryAsync(id, JobsSpace.Ada, "other", JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.Locked, (await _jobs.Control.DeleteAsync(id, JobsSpace.Ada, JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.Locked, (await _jobs.Control.CancelAsync(id, JobsSpace.Ada, JobsSpace.Cancel)).Outcome);
        Assert.Equal([id], await _jobs.QueueAsync("default"));
    }

    [Fact]
    public async Task A_pause_shows_in_the_snapshot_until_it_is_ended()
    {
        await _jobs.EnqueueAsync();
        var until = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.True((await _jobs.Control.PauseQueueAsync("default", JobsSpace.Ada, until, JobsSpace.Cancel)).IsAccepted);
        var pause = (await _jobs.Inspector.GetSnapshotAsync(JobsSpace.Cancel)).Queues[0].Pause;
        Assert.Equal(("ada@example.org", "a good reason", until), (pause!.By, pause.Reason, pause.Until!.Value));
        Assert.True((await _jobs.Control.ResumeQueueAsync("default", JobsSpace.Ada, JobsSpace.Cancel)).IsAccepted);
        Assert.Null((await _jobs.Inspector.GetSnapshotAsync(JobsSpace.Cancel)).Queues[0].Pause);
        Assert.Equal(ControlOutcome.WrongState, (await _jobs.Control.ResumeQueueAsync("default", JobsSpace.Ada, JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.WrongState, (await _jobs.Control.PauseQueueAsync("default", JobsSpace.Ada, DateTimeOffset.UnixEpoch, JobsSpace.Cancel)).Outcome);
        Assert.Equal([JobEventKinds.Enqueued, JobEventKinds.QueuePaused, JobEventKinds.QueueResumed], (await _jobs.EventsAsync()).Select(written => written.Kind));
    }

    [Fact]
    public async Task Strange_ids_queues_and_reasons_are_refused_with_a_message()
    {
        const string lone = "a\uD83Db";
        var id = await _jobs.EnqueueAsync();

        foreach (var bad in new[] { "", "a:b", "nul\0", lone, new string('x', 600) })
            Assert.Equal(ControlOutcome.NotFound, (await _jobs.Control.DeleteAsync(bad, JobsSpace.Ada, JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.NotFound, (await _jobs.Control.RetryAsync("<script>", JobsSpace.Ada, cancel: JobsSpace.Cancel)).Outcome);
        foreach (var reason in new[] { "nul\0", lone, new string('x', 501) })
            Assert.Equal(ControlOutcome.WrongState, (await _jobs.Control.DeleteAsync(id, new Actor("ada", reason), JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.WrongState, (await _jobs.Control.RetryAsync(id, JobsSpace.Ada, "<b>", JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.NotFound, (await _jobs.Control.PauseQueueAsync("a b", JobsSpace.Ada, cancel: JobsSpace.Cancel)).Outcome);
        Assert.True((await _jobs.Control.DeleteAsync(id, new Actor("ada", "\u202E<script>\"\\\n🦆"), JobsSpace.Cancel)).IsAccepted);
        Assert.Equal("Deleted by ada: \u202E<script>\"\\\n🦆", (await _jobs.Inspector.GetJobsAsync([id], JobsSpace.Cancel))[0].Reason);
        Assert.Equal("\u202E<script>\"\\\n🦆", (await _jobs.EventsAsync())[^1].Text("reason"));
    }
}
