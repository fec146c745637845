using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Jobs.Client;

public sealed class EnqueueTests : IAsyncDisposable
{
    private readonly JobsSpace _jobs = new();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task A_method_call_is_stored_as_Hangfire_stores_it()
    {
        var order = new Order(Guid.Parse("11111111-2222-3333-4444-555555555555"), [new Line("ü", 2, 1.5m)], Colour.Green);

        var result = await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.TakeAsync(order, null!, default, 3), cancel: JobsSpace.Cancel);

        Assert.True(result.IsCreated, result.Message);
        var hash = (await (await RedisSpace.DatabaseAsync()).HashGetAllAsync(_jobs.Keys.Job(result.Id))).ToDictionary(field => (string)field.Name!, field => (string)field.Value!);
        Assert.Equal("OpsConsole.Tests.Jobs.Support.SampleJobs, OpsConsole.Tests", hash["Type"]);
        Assert.Equal("TakeAsync", hash["Method"]);
        Assert.Equal("""["OpsConsole.Tests.Jobs.Support.Order, OpsConsole.Tests","OpsConsole.Jobs.JobContext, OpsConsole.Jobs","System.Threading.CancellationToken, mscorlib","System.Int32"]""", hash["ParameterTypes"]);
        Assert.Equal("""["{\"Id\":\"11111111-2222-3333-4444-555555555555\",\"Lines\":[{\"Product\":\"ü\",\"Amount\":2,\"Price\":1.5}],\"Colour\":\"Green\",\"Due\":null}",null,null,"3"]""", hash["Arguments"]);
        Assert.Equal("orders", hash["Queue"]);
        Assert.Equal([result.Id], await _jobs.QueueAsync("orders"));
    }

    [Fact]
    public void Type_names_are_written_as_Hangfire_writes_them()
    {
        Assert.Equal("System.Int32", TypeNames.Stored(typeof(int)));
        Assert.Equal("System.String", TypeNames.Stored(typeof(string)));
        Assert.Equal("System.DateTime, mscorlib", TypeNames.Stored(typeof(DateTime)));
        Assert.Equal("System.Int32[], mscorlib", TypeNames.Stored(typeof(int[])));
        Assert.Equal("System.Nullable`1[[System.Int32]], mscorlib", TypeNames.Stored(typeof(int?)));
        Assert.Equal("System.Collections.Generic.Dictionary`2[[System.String],[System.Int32]], mscorlib", TypeNames.Stored(typeof(Dictionary<string, int>)));
        Assert.Equal("System.Collections.Generic.List`1[[OpsConsole.Tests.Jobs.Support.Order, OpsConsole.Tests]], mscorlib", TypeNames.Stored(typeof(List<Order>)));
        Assert.Equal("Repo.Nested.Run", TypeNames.Display("SampleJobs.Repo`2+Nested.Run"));
    }

    [Fact]
    public async Task A_job_that_waits_is_found_with_its_event()
    {
        var id = await _jobs.EnqueueAsync(new EnqueueOptions { Queue = "slow", Reason = "by hand" });

        var job = await _jobs.Inspector.GetJobAsync(id, TestContext.Current.CancellationToken);
        Assert.Equal((JobState.Enqueued, "slow", "by hand", "SampleJobs.Add"), (job!.Job.State, job.Job.Queue, job.Job.Reason, job.Job.Name));
        Assert.Empty(job.Job.Defects);
        Assert.Null(job.ExpiresAt);
        var written = Assert.Single(await _jobs.EventsAsync());
        Assert.Equal((JobEventKinds.Enqueued, id, "slow", "OpsConsole.Tests.Jobs.Support.SampleJobs.Add", "by hand"), (written.Kind, written.Subject, written.Queue, written.Type, written.Text("reason")));
    }

    [Fact]
    public async Task The_same_id_makes_one_job()
    {
        await _jobs.EnqueueAsync(new EnqueueOptions { Id = "order-7" });

        var again = await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.Add(2, ""), new EnqueueOptions { Id = "order-7" }, cancel: JobsSpace.Cancel);

        Assert.Equal((EnqueueOutcome.AlreadyExists, "order-7"), (again.Outcome, again.Id));
        Assert.Single(await _jobs.QueueAsync("default"));
    }

    [Fact]
    public async Task What_an_expired_job_left_behind_is_no_part_of_the_next_one_with_its_id()
    {
        await _jobs.EnqueueAsync(new EnqueueOptions { Id = "again", Reason = "first" });
        await (await RedisSpace.DatabaseAsync()).KeyDeleteAsync(_jobs.Keys.Job("again"));

        await _jobs.EnqueueAsync(new EnqueueOptions { Id = "again" });

        var job = await _jobs.Inspector.GetJobAsync("again", JobsSpace.Cancel);
        Assert.Null(job!.Job.Reason);
        Assert.Single(job.History);
    }

    [Fact]
    public async Task A_uniqueness_key_holds_until_its_job_has_ended()
    {
        var first = await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.OnlyOne("acme", 1), cancel: JobsSpace.Cancel);
        var second = await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.OnlyOne("acme", 2), cancel: JobsSpace.Cancel);
        var other = await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.OnlyOne("umbrella", 2), cancel: JobsSpace.Cancel);
        await _jobs.Control.DeleteAsync(first.Id, JobsSpace.Ada, cancel: JobsSpace.Cancel);
        var third = await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.OnlyOne("acme", 3), cancel: JobsSpace.Cancel);

        Assert.Equal((EnqueueOutcome.DuplicateKey, first.Id), (second.Outcome, second.Id));
        Assert.True(other.IsCreated);
        Assert.True(third.IsCreated);
    }

    [Fact]
    public async Task A_key_whose_holder_is_gone_is_taken_over()
    {
        var first = await _jobs.EnqueueAsync(new EnqueueOptions { UniqueKey = "k" });
        await (await RedisSpace.DatabaseAsync()).KeyDeleteAsync(_jobs.Keys.Job(first));

        Assert.True((await _jobs.Client.EnqueueAsync<SampleJobs>(jobs => jobs.Add(1, ""), new EnqueueOptions { UniqueKey = "k" }, cancel: JobsSpace.Cancel)).IsCreated);
    }

    [Fact]
    public async Task A_job_for_later_waits_in_the_schedule_under_its_queue()
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(4_000_000_000_500);

        var id = await _jobs.EnqueueAsync(new EnqueueOptions { At = at, Queue = "slow" });
        var past = await _jobs.EnqueueAsync(new EnqueueOptions { At = DateTimeOffset.UnixEpoch.AddYears(1) });

        var database = await RedisSpace.DatabaseAsync();
        Assert.Equal(4_000_000_001, await database.SortedSetScoreAsync(_jobs.Keys.Schedule, "slow:" + id));
        var row = Assert.Single((await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Scheduled }, TestContext.Current.CancellationToken)).Jobs);
        Assert.Equal((id, at, "slow"), (row.Id, row.EnqueueAt!.Value, row.Queue));
        Assert.Equal("Enqueued", await _jobs.StateAsync(past));
    }

    [Theory]
    [InlineData(ContinueOn.Any, "Enqueued")]
    [InlineData(ContinueOn.Deleted, "Enqueued")]
    [InlineData(ContinueOn.Succeeded, "Deleted")]
    public async Task A_continuation_waits_and_then_goes_where_its_condition_sends_it(ContinueOn on, string expected)
    {
        var parent = await _jobs.EnqueueAsync();
        var child = await _jobs.EnqueueAsync(new EnqueueOptions { ParentId = parent, On = on, Queue = "after" });
        Assert.Equal("Awaiting", await _jobs.StateAsync(child));
        var listed = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Awaiting }, TestContext.Current.CancellationToken);
        Assert.Equal([child], listed.Jobs.Select(job => job.Id));

        await _jobs.Control.DeleteAsync(parent, JobsSpace.Ada, cancel: JobsSpace.Cancel);

        Assert.Equal(expected, await _jobs.StateAsync(child));
        Assert.Equal(expected == "Enqueued" ? [child] : [], await _jobs.QueueAsync("after"));
        var late = await _jobs.EnqueueAsync(new EnqueueOptions { ParentId = parent, On = on });
        Assert.Equal(expected, await _jobs.StateAsync(late));
    }

    [Fact]
    public async Task A_continuation_of_nothing_is_refused()
    {
        var result = await _jobs.Client.ContinueWithAsync<SampleJobs>("nowhere", jobs => jobs.Add(1, ""), cancel: JobsSpace.Cancel);

        Assert.Equal(EnqueueOutcome.ParentMissing, result.Outcome);
        Assert.Contains("nowhere", result.Message);
    }

    [Fact]
    public async Task A_batch_gives_one_result_for_each_request_in_order()
    {
        await _jobs.PublishAsync(SampleJobs.Published(nameof(SampleJobs.Add)));
        var requests = Enumerable.Range(0, 1_000).Select(i => i % 100 == 7
            ? new JobRequest("sample.add", """{"number":"x"}""")
            : new JobRequest("sample.add", $$"""{"number":{{i}},"text":"t"}""", new EnqueueOptions { Id = $"b-{i}" })).ToList();

        var results = await _jobs.Client.EnqueueManyAsync(requests, TestContext.Current.CancellationToken);

        Assert.Equal(10, results.Count(result => result.Outcome == EnqueueOutcome.BadArguments));
        Assert.All(results.Index().Where(result => result.Item.IsCreated), result => Assert.Equal($"b-{result.Index}", result.Item.Id));
        Assert.Equal(990, (await _jobs.QueueAsync("default")).Length);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _jobs.Client.EnqueueManyAsync([.. Enumerable.Repeat(requests[0], 10_001)], cancel: JobsSpace.Cancel));
    }

    [Fact]
    public async Task An_unknown_type_is_refused_with_names_that_were_perhaps_meant()
    {
        await _jobs.PublishAsync(SampleJobs.Published(nameof(SampleJobs.Add)), SampleJobs.Published(nameof(SampleJobs.TakeAsync)));

        var near = await _jobs.Client.EnqueueAsync("sample.ad", "{}", cancel: JobsSpace.Cancel);
        var far = await _jobs.Client.EnqueueAsync("quite.different", "{}", cancel: JobsSpace.Cancel);

        Assert.Equal(EnqueueOutcome.UnknownType, near.Outcome);
        Assert.Contains("sample.add", near.Message);
        Assert.DoesNotContain("sample", far.Message);
    }

    [Fact]
    public async Task A_parent_that_a_Hangfire_client_has_locked_for_long_is_reported_as_busy()
    {
        var parent = await _jobs.EnqueueAsync();
        await (await RedisSpace.DatabaseAsync()).StringSetAsync(_jobs.Keys.JobLock(parent), "someone", TimeSpan.FromSeconds(30));

        var result = await _jobs.Client.ContinueWithAsync<SampleJobs>(parent, jobs => jobs.Add(1, ""), cancel: JobsSpace.Cancel);

        Assert.Equal(EnqueueOutcome.ParentBusy, result.Outcome);
    }
}
