using System.Text.Json.Nodes;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Monitoring;

public sealed class BulkControlTests : IAsyncDisposable
{
    private readonly JobsSpace _jobs = new();
    private readonly BulkControl _bulk;

    public BulkControlTests() => _bulk = new BulkControl(_jobs.Space.Redis, _jobs.Catalogue);

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task Failed_jobs_go_back_into_their_own_queues_with_one_event_each()
    {
        string[] ids = [await FailedAsync("mail"), await FailedAsync("mail"), await FailedAsync("default")];
        var database = await RedisSpace.DatabaseAsync();
        await database.SortedSetAddAsync(_jobs.Keys.Quarantine, ids[0], 1);

        var answers = await RetryAsync(await ActAsync(), ids);

        Assert.Equal([BulkOutcome.Done, BulkOutcome.Done, BulkOutcome.Done], answers);
        Assert.Equal([ids[1], ids[0]], await _jobs.QueueAsync("mail"));
        Assert.Equal([ids[2]], await _jobs.QueueAsync("default"));
        Assert.Equal((0, 0), (await database.SortedSetLengthAsync(_jobs.Keys.Failed), await database.SortedSetLengthAsync(_jobs.Keys.Quarantine)));
        var row = (await _jobs.Inspector.GetJobAsync(ids[0], JobsSpace.Cancel))!;
        Assert.Equal((JobState.Enqueued, "Retried by ada@example.org: a good reason"), (row.Job.State, row.Job.Reason));
        Assert.Empty(row.Job.Defects);
        Assert.Equal(("Enqueued", "mail"), (row.History[^1].StoredState, row.History[^1].Data["Queue"]));
        var told = (await _jobs.EventsAsync()).Where(e => e is { Kind: JobEventKinds.Enqueued, PreviousState: "Failed" }).ToList();
        Assert.Equal(ids, told.Select(e => e.Subject));
        Assert.All(told, e => Assert.Equal(("ada@example.org", "a good reason", "op-1"), (e.Text("by"), e.Text("reason"), e.Text("operation"))));
    }

    [Fact]
    public async Task Asked_for_twice_a_job_moves_once_even_when_it_has_failed_again()
    {
        var (still, again) = (await FailedAsync(), await FailedAsync());
        var act = await ActAsync();
        await RetryAsync(act, [still, again]);
        await FailAsync(again, act.MadeAt.AddMilliseconds(-1));

        Assert.Equal([BulkOutcome.DoneBefore, BulkOutcome.DoneBefore], await RetryAsync(act, [still, again]));

        Assert.Equal(2, (await _jobs.EventsAsync()).Count(e => e.Text("operation") is not null));
        Assert.Equal("Failed", await _jobs.StateAsync(again));
    }

    [Fact]
    public async Task Two_operations_on_the_same_jobs_move_each_once()
    {
        string[] ids = [await FailedAsync(), await FailedAsync()];
        var (first, second) = (await ActAsync(), await ActAsync("op-2"));
        await RetryAsync(first, [ids[0]]);

        var answers = await _bulk.RetryAsync(second, [.. ids.Select(id => new BulkTarget(id))], JobsSpace.Cancel);

        Assert.Equal([(BulkOutcome.NotFailed, JobState.Enqueued), (BulkOutcome.Done, JobState.Unknown)], answers.Select(answer => (answer.Outcome, answer.State)));
        Assert.Equal(2, (await _jobs.EventsAsync()).Count(e => e.Text("operation") is not null));
    }

    [Fact]
    public async Task What_failed_later_is_gone_locked_or_damaged_is_left_alone()
    {
        var act = await ActAsync();
        var (later, locked, damaged, iso) = (await FailedAsync(), await FailedAsync(), await FailedAsync(), await FailedAsync());
        var database = await RedisSpace.DatabaseAsync();
        await FailAsync(later, act.MadeAt.AddMilliseconds(1));
        foreach (var id in new[] { locked, damaged, iso })
            await FailAsync(id, act.MadeAt.AddMinutes(-1));
        await database.StringSetAsync(_jobs.Keys.JobLock(locked), "hangfire");
        await database.KeyDeleteAsync(_jobs.Keys.JobHistory(damaged));
        await database.StringSetAsync(_jobs.Keys.JobHistory(damaged), "no list");
        await database.HashSetAsync(_jobs.Keys.JobStateData(iso), "FailedAt", act.MadeAt.AddMinutes(-1).ToString("O"));

        var answers = await RetryAsync(act, [later, "nothing", locked, damaged, iso]);

        Assert.Equal([BulkOutcome.FailedSince, BulkOutcome.Missing, BulkOutcome.Later, BulkOutcome.Damaged, BulkOutcome.Done], answers);
        Assert.Equal("Failed", await _jobs.StateAsync(damaged));
        Assert.Equal([iso], await _jobs.QueueAsync("default"));
    }

    [Fact]
    public async Task A_stale_entry_of_the_queue_does_not_start_a_job_twice()
    {
        var id = await FailedAsync();
        await (await RedisSpace.DatabaseAsync()).ListLeftPushAsync(_jobs.Keys.Queue("default"), id);

        await RetryAsync(await ActAsync(), [id]);

        Assert.Equal([id], await _jobs.QueueAsync("default"));
    }

    [Fact]
    public async Task Deleting_takes_what_waits_along_and_is_not_done_twice()
    {
        var parent = await FailedAsync();
        var child = (await _jobs.Client.ContinueWithAsync<SampleJobs>(parent, jobs => jobs.Add(1, "x"), cancel: JobsSpace.Cancel)).Id;
        var act = await ActAsync();

        Assert.Equal(BulkOutcome.Done, (await _bulk.DeleteAsync(act, [new BulkTarget(parent)], JobsSpace.Cancel))[0].Outcome);
        Assert.Equal(BulkOutcome.DoneBefore, (await _bulk.DeleteAsync(act, [new BulkTarget(parent)], JobsSpace.Cancel))[0].Outcome);

        Assert.Equal(("Deleted", "Deleted"), (await _jobs.StateAsync(parent), await _jobs.StateAsync(child)));
        Assert.Single(await _jobs.EventsAsync(), e => e.Kind == JobEventKinds.Deleted && e.Subject == parent && e.Text("operation") == "op-1");
    }

    [Fact]
    public async Task New_arguments_keep_what_was_not_changed_as_it_was_stored()
    {
        await _jobs.PublishAsync(SampleJobs.Published("Add"));
        var id = await FailedAsync();
        var call = (await _bulk.GetCallsAsync([id], JobsSpace.Cancel))[0]!;
        Assert.Equal("""{"number":1,"text":"text"}""", call.ToJson().ToJsonString());
        Assert.NotEmpty(call.With(JsonNode.Parse("""{"number":"many","text":"text"}""")!.AsObject()).Problems);

        var (arguments, problems) = call.With(JsonNode.Parse("""{"number":7,"text":"text"}""")!.AsObject());
        Assert.Empty(problems);
        await _bulk.RetryAsync(await ActAsync(), [new BulkTarget(id, arguments)], JobsSpace.Cancel);

        Assert.Equal(["7", "\"text\""], (await _jobs.Inspector.GetJobsAsync([id], JobsSpace.Cancel))[0].Arguments.Select(argument => argument.Json));
    }

    [Fact]
    public async Task Standing_tells_failed_from_ended_and_gone()
    {
        var (failed, waiting) = (await FailedAsync(), await _jobs.EnqueueAsync());

        var found = await _bulk.GetStandingAsync([failed, waiting, "nothing"], JobsSpace.Cancel);

        Assert.Equal([(true, JobState.Failed), (true, JobState.Enqueued), (false, JobState.Unknown)], found.Select(standing => (standing.Exists, standing.State)));
        Assert.NotNull(found[0].Since);
    }

    private async Task<IEnumerable<BulkOutcome>> RetryAsync(BulkAct act, string[] ids) =>
        (await _bulk.RetryAsync(act, [.. ids.Select(id => new BulkTarget(id))], JobsSpace.Cancel)).Select(answer => answer.Outcome);

    private async Task<BulkAct> ActAsync(string id = "op-1") => new(id, await _bulk.GetTimeAsync(JobsSpace.Cancel), JobsSpace.Ada);

    private async Task<string> FailedAsync(string queue = "default")
    {
        var id = await _jobs.EnqueueAsync(new EnqueueOptions { Queue = queue });
        await (await RedisSpace.DatabaseAsync()).ListRemoveAsync(_jobs.Keys.Queue(queue), id);
        await FailAsync(id, await _bulk.GetTimeAsync(JobsSpace.Cancel));
        return id;
    }

    private async Task FailAsync(string id, DateTimeOffset at)
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.ListRemoveAsync(_jobs.Keys.Queue("default"), id);
        await database.HashSetAsync(_jobs.Keys.Job(id), "State", "Failed");
        await database.KeyDeleteAsync(_jobs.Keys.JobStateData(id));
        await database.HashSetAsync(_jobs.Keys.JobStateData(id), [new HashEntry("State", "Failed"), new HashEntry("FailedAt", at.ToUnixTimeMilliseconds())]);
        await database.SortedSetAddAsync(_jobs.Keys.Failed, id, at.ToUnixTimeSeconds());
    }
}
