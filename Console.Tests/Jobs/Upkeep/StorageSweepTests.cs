using System.Globalization;
using OpsConsole.Chaos;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Jobs.Worker;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Upkeep;

/// <summary>Jobs that do not fit together are planted, found at the second look, and put right or quarantined.</summary>
public sealed class StorageSweepTests : IAsyncLifetime
{
    private SweepSpace _space = default!;

    private IDatabase Database => _space.Database;

    private OpsConsole.Jobs.Protocol.RedisKeys Keys => _space.Keys;

    public async ValueTask InitializeAsync() => _space = await SweepSpace.OpenAsync();

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task What_is_sound_is_left_alone()
    {
        var parent = await _space.EnqueueAsync(new EnqueueOptions { Queue = "reports", UniqueKey = "one" });
        await _space.AwaitAsync(parent);
        await _space.ScheduleAsync();
        await _space.EnqueueAsync(new EnqueueOptions { Queue = "reports", At = DateTimeOffset.UtcNow.AddHours(1) });
        var running = await _space.ClaimAsync();
        var failed = await _space.ClaimAsync();
        await _space.Worker().FinishAsync(failed, new OpsConsole.Jobs.Worker.JobOutcome.Failed("No retries.", FakeWorker.Error));
        var ended = await _space.ClaimAsync();
        await _space.Worker().FinishAsync(ended, FakeWorker.Success());

        Assert.Empty(await _space.SweepAsync());
        Assert.Equal("Processing", await _space.StateAsync(running.Id));
    }

    [Theory]
    [InlineData("rich-180")]
    [InlineData("compat170")]
    [InlineData("compat110-fulltypenames")]
    public async Task What_a_real_Hangfire_keeps_is_left_alone(string fixture)
    {
        await _space.LoadAsync(fixture);

        Assert.Empty(await _space.SweepAsync());
    }

    [Fact]
    public async Task What_was_on_its_way_at_the_first_look_is_left_alone()
    {
        var id = await _space.EnqueueAsync();
        await Database.ListRemoveAsync(Keys.Queue("default"), id);

        Assert.Empty(await _space.SweepAsync(between: () => Database.ListLeftPushAsync(Keys.Queue("default"), id)));
        Assert.Equal([id], await _space.QueueAsync());
    }

    [Fact]
    public async Task A_job_that_is_locked_by_a_Hangfire_client_waits_for_the_next_round()
    {
        var id = await _space.EnqueueAsync();
        await Database.ListRemoveAsync(Keys.Queue("default"), id);

        Assert.Empty(await _space.SweepAsync(between: () => Database.StringSetAsync(Keys.JobLock(id), "somebody")));
        await Database.KeyDeleteAsync(Keys.JobLock(id));
        await _space.FindsAsync("enqueued-nowhere", id);
    }

    [Fact]
    public async Task An_enqueued_job_in_no_queue_goes_to_the_front_of_its_queue()
    {
        var id = await _space.EnqueueAsync(new EnqueueOptions { Queue = "reports" });
        await Database.KeyDeleteAsync(Keys.Queue("reports"));
        await Database.SetRemoveAsync(Keys.Queues, "reports");
        var other = await _space.EnqueueAsync();

        await _space.FindsAsync("enqueued-nowhere", id);

        Assert.Equal([id], await _space.QueueAsync("reports"));
        Assert.Equal([other], await _space.QueueAsync());
    }

    [Fact]
    public async Task An_enqueued_job_that_was_fetched_and_given_up_goes_back_unless_a_Hangfire_server_is_there_to_do_it()
    {
        var id = await _space.EnqueueAsync();
        await Database.ListRightPopLeftPushAsync(Keys.Queue("default"), Keys.Dequeued("default"));
        await Database.SetAddAsync(Keys.Servers, "hangfire:1:a");
        await Database.HashSetAsync(Keys.Server("hangfire:1:a"), [new("WorkerCount", 1), new("Heartbeat", SweepSpace.Now())]);
        Assert.Empty(await _space.SweepAsync());
        await Database.SetRemoveAsync(Keys.Servers, "hangfire:1:a");
        await Database.KeyDeleteAsync(Keys.Server("hangfire:1:a"));

        await _space.FindsAsync("enqueued-nowhere", id);

        Assert.Equal([id], await _space.QueueAsync());
        await _space.IsSoundAsync();
    }

    [Theory]
    [InlineData("queue:default")]
    [InlineData("queue:default:dequeued")]
    [InlineData("ops:throttled:default")]
    [InlineData("schedule")]
    [InlineData("retries")]
    [InlineData("processing")]
    [InlineData("failed")]
    [InlineData("awaiting")]
    [InlineData("ops:quarantine")]
    public async Task An_id_without_its_job_is_taken_out(string place)
    {
        await _space.EnqueueAsync();
        await _space.PlantAsync(place, "ghost");

        var found = await _space.FindsAsync("entry-without-job", "ghost");

        Assert.Equal(place, found.Place);
        await _space.IsSoundAsync();
    }

    [Theory]
    [InlineData("schedule")]
    [InlineData("failed")]
    [InlineData("processing")]
    [InlineData("awaiting")]
    [InlineData("retries")]
    public async Task An_entry_where_the_state_of_the_job_does_not_belong_is_taken_out(string place)
    {
        var id = await _space.EnqueueAsync();
        await _space.PlantAsync(place, id);

        await _space.FindsAsync("entry-elsewhere", id);

        Assert.Equal([id], await _space.QueueAsync());
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_scheduled_job_that_stands_in_a_queue_too_is_taken_out_of_the_queue()
    {
        var id = await _space.ScheduleAsync();
        await _space.PlantAsync("queue:default", id);

        await _space.FindsAsync("entry-elsewhere", id);

        Assert.Empty(await _space.QueueAsync());
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_due_job_that_Hangfire_moved_into_its_queue_without_changing_its_state_is_left_alone()
    {
        var id = await _space.EnqueueAsync(new EnqueueOptions { Queue = "reports", At = DateTimeOffset.UtcNow.AddHours(1) });
        await Database.SortedSetRemoveAsync(Keys.Schedule, "reports:" + id);
        await Database.SetAddAsync(Keys.Queues, "reports");
        await Database.ListLeftPushAsync(Keys.Queue("reports"), id);

        Assert.Empty(await _space.SweepAsync());
    }

    [Theory]
    [InlineData("default")]
    [InlineData("other")]
    public async Task A_job_that_stands_in_the_queues_twice_keeps_the_entry_that_is_next_to_run(string second)
    {
        var id = await _space.EnqueueAsync();
        var next = await _space.EnqueueAsync();
        await _space.PlantAsync("queue:" + second, id);

        await _space.FindsAsync("twice-queued", id);

        Assert.Equal([next, id], await _space.QueueAsync());
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_scheduled_job_that_is_not_in_the_schedule_comes_back_at_its_time()
    {
        var id = await _space.ScheduleAsync();
        var score = await Database.SortedSetScoreAsync(Keys.Schedule, id);
        await Database.SortedSetRemoveAsync(Keys.Schedule, id);

        await _space.FindsAsync("scheduled-nowhere", id);

        Assert.Equal(score, await Database.SortedSetScoreAsync(Keys.Schedule, id));
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_scheduled_job_of_which_nobody_knows_the_time_is_quarantined_and_can_be_retried()
    {
        var id = await _space.ScheduleAsync();
        await Database.SortedSetAddAsync(Keys.Schedule, id, double.PositiveInfinity);
        await Database.HashDeleteAsync(Keys.JobStateData(id), "EnqueueAt");

        Assert.True((await _space.FindsAsync("schedule-time", id)).IsQuarantined);

        Assert.NotNull(await Database.SortedSetScoreAsync(Keys.Quarantine, id));
        await _space.IsSoundAsync();
        Assert.Equal(ControlOutcome.Done, (await _space.Control.RetryAsync(id, new Actor("Ada", "looked at"), cancel: TestContext.Current.CancellationToken)).Outcome);
        await _space.IsSoundAsync();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("+inf")]
    public async Task A_wrong_time_in_the_schedule_gives_way_to_what_the_job_says(string score)
    {
        var id = await _space.ScheduleAsync();
        var right = await Database.SortedSetScoreAsync(Keys.Schedule, id);
        await Database.ExecuteAsync("ZADD", (RedisKey)Keys.Schedule, score, id);

        await _space.FindsAsync("schedule-time", id);

        Assert.Equal(right, await Database.SortedSetScoreAsync(Keys.Schedule, id));
    }

    [Fact]
    public async Task A_job_that_says_no_time_takes_that_of_the_schedule()
    {
        var id = await _space.ScheduleAsync();
        await _space.SetAsync(id, "EnqueueAt", "tomorrow");

        await _space.FindsAsync("schedule-time", id);

        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_running_job_without_a_lease_gets_one_that_the_recovery_can_end()
    {
        var job = await _space.ClaimAsync();
        await Database.SortedSetRemoveAsync(Keys.Leases, job.Id);

        await _space.FindsAsync("holder-without-lease", job.Id);

        Assert.True(await Database.SortedSetScoreAsync(Keys.Leases, job.Id) > double.Parse(SweepSpace.Now(), CultureInfo.InvariantCulture));
        Assert.Empty((await _space.Worker().FinishAsync(job, FakeWorker.Success())).Refused);
    }

    [Fact]
    public async Task A_lease_that_nobody_holds_is_taken_out()
    {
        var id = await _space.EnqueueAsync();
        await Database.SortedSetAddAsync(Keys.Leases, id, 4e12);

        await _space.FindsAsync("lease-without-holder", id);

        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_running_job_that_no_worker_holds_goes_back_to_its_queue_by_the_recovery()
    {
        var job = await _space.ClaimAsync();
        await Database.HashDeleteAsync(Keys.Running, job.Id);
        await Database.SortedSetRemoveAsync(Keys.Leases, job.Id);

        await _space.FindsAsync("held-by-nobody", job.Id);
        await _space.Worker().RecoverAsync();

        Assert.Equal([job.Id], await _space.QueueAsync());
        Assert.Equal(1, (int)await Database.HashGetAsync(Keys.Lost, job.Id));
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_job_that_a_living_Hangfire_server_runs_is_left_alone_and_one_of_a_dead_server_is_not()
    {
        var job = await _space.ClaimAsync();
        await Database.HashDeleteAsync(Keys.Running, job.Id);
        await Database.SortedSetRemoveAsync(Keys.Leases, job.Id);
        await _space.SetAsync(job.Id, "ServerId", "hangfire:1:a");
        await Database.SetAddAsync(Keys.Servers, "hangfire:1:a");
        await Database.HashSetAsync(Keys.Server("hangfire:1:a"), [new("WorkerCount", 1), new("Heartbeat", SweepSpace.Now())]);
        Assert.Empty(await _space.SweepAsync());

        await Database.HashSetAsync(Keys.Server("hangfire:1:a"), "Heartbeat", "1");

        Assert.Equal(["held-by-nobody", "server-silent"], (await _space.SweepAsync()).Select(one => one.Kind).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Running_and_failed_jobs_come_back_into_their_lists()
    {
        var running = await _space.ClaimAsync();
        var failed = await _space.ClaimAsync();
        await _space.Worker().FinishAsync(failed, new OpsConsole.Jobs.Worker.JobOutcome.Failed("No retries.", FakeWorker.Error));
        await Database.KeyDeleteAsync([(RedisKey)Keys.Processing, Keys.Failed]);

        Assert.Equal(["failed-unlisted", "processing-unlisted"], (await _space.SweepAsync()).Select(one => one.Kind).Order(StringComparer.Ordinal));

        Assert.NotNull(await Database.SortedSetScoreAsync(Keys.Processing, running.Id));
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task An_ended_job_that_never_expires_gets_its_day()
    {
        var job = await _space.ClaimAsync();
        await _space.Worker().FinishAsync(job, FakeWorker.Success());
        await Database.KeyPersistAsync(Keys.Job(job.Id));

        await _space.FindsAsync("ended-for-ever", job.Id);

        Assert.NotNull(await Database.KeyTimeToLiveAsync(Keys.Job(job.Id)));
    }

    [Theory]
    [InlineData("Enqueued")]
    [InlineData("Scheduled")]
    [InlineData("Processing")]
    public async Task An_unfinished_job_that_would_expire_is_kept(string state)
    {
        var id = state switch
        {
            "Scheduled" => await _space.ScheduleAsync(),
            "Processing" => (await _space.ClaimAsync()).Id,
            _ => await _space.EnqueueAsync(),
        };
        string[] keys = [Keys.Job(id), Keys.JobStateData(id), Keys.JobHistory(id)];
        foreach (var key in keys)
            await Database.KeyExpireAsync(key, TimeSpan.FromMinutes(10));

        await _space.FindsAsync("unfinished-expires", id);

        Assert.All(await Task.WhenAll(keys.Select(key => Database.KeyTimeToLiveAsync(key))), Assert.Null);
        Assert.Equal(state, await _space.StateAsync(id));
        await _space.IsSoundAsync();
    }

    [Theory]
    [InlineData(":state")]
    [InlineData(":history")]
    public async Task What_is_left_of_a_job_that_is_gone_goes_a_day_later(string part)
    {
        var id = await _space.EnqueueAsync();
        await Database.KeyDeleteAsync([(RedisKey)Keys.Job(id), Keys.Queue("default"), Keys.Job(id) + (part == ":state" ? ":history" : ":state")]);

        var found = await _space.FindsAsync("part-without-job", $"job:{id}{part}");

        Assert.Equal((id, false), (found.JobId, found.IsQuarantined));
        Assert.InRange((await Database.KeyTimeToLiveAsync(Keys.Job(id) + part))!.Value, TimeSpan.FromHours(23), TimeSpan.FromDays(1));
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_job_whose_parent_is_gone_is_quarantined()
    {
        var parent = await _space.EnqueueAsync();
        var child = await _space.AwaitAsync(parent);
        await Database.KeyDeleteAsync([(RedisKey)Keys.Job(parent), Keys.JobStateData(parent), Keys.JobHistory(parent), Keys.Queue("default")]);

        Assert.True((await _space.FindsAsync("parent-gone", child)).IsQuarantined);

        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_job_whose_parent_has_ended_without_it_goes_on()
    {
        var parent = await _space.ClaimAsync();
        var child = await _space.AwaitAsync(parent.Id);
        await Database.HashDeleteAsync(Keys.Job(parent.Id), "Continuations");
        await _space.Worker().FinishAsync(parent, FakeWorker.Success());

        await _space.FindsAsync("parent-ended", child);

        Assert.Equal([child], await _space.QueueAsync());
        await _space.IsSoundAsync();
    }
}
