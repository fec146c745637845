using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Monitoring;

/// <summary>What is broken or missing in Redis becomes an honest row, never an exception.</summary>
public sealed class HalfThereTests : IAsyncDisposable
{
    private readonly JobsSpace _jobs = new();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task An_id_without_its_hash_is_a_row_that_says_so()
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.SortedSetAddAsync(_jobs.Keys.Failed, "ghost", 1);

        var row = Assert.Single((await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Failed }, JobsSpace.Cancel)).Jobs);

        Assert.Equal(("ghost", JobState.Unknown, "unknown"), (row.Id, row.State, row.Name));
        Assert.Contains("hash is missing", Assert.Single(row.Defects));
        Assert.Null(await _jobs.Inspector.GetJobAsync("ghost", JobsSpace.Cancel));
        Assert.Null(await _jobs.Inspector.GetJobAsync(await _jobs.EnqueueAsync() + ":state", JobsSpace.Cancel));
    }

    [Theory]
    [InlineData("state", "state data is missing")]
    [InlineData("history", "history is missing")]
    public async Task A_missing_part_is_named(string part, string expected)
    {
        var id = await _jobs.EnqueueAsync();
        await (await RedisSpace.DatabaseAsync()).KeyDeleteAsync(part == "state" ? _jobs.Keys.JobStateData(id) : _jobs.Keys.JobHistory(id));

        var job = await _jobs.Inspector.GetJobAsync(id, JobsSpace.Cancel);

        Assert.Equal(JobState.Enqueued, job!.Job.State);
        Assert.Contains(job.Job.Defects, defect => defect.Contains(expected, StringComparison.Ordinal));
        Assert.NotNull(job.Job.StateAt);
    }

    [Theory]
    [InlineData("State", null, "no state")]
    [InlineData("State", "Parked", "'Parked'")]
    [InlineData("Type", null, "Type or Method")]
    [InlineData("Arguments", null, "Arguments is missing")]
    [InlineData("Arguments", "{", "Arguments is no JSON array")]
    [InlineData("Arguments", "[1]", "Arguments is no JSON array")]
    [InlineData("Arguments", "[\"1\"]", "1 arguments for 2")]
    [InlineData("ParameterTypes", "x", "ParameterTypes")]
    [InlineData("CreatedAt", "yesterday", null)]
    [InlineData("Continuations", "{]", null)]
    [InlineData("Continuations", "[1,{\"JobId\":7},{\"JobId\":\"x\"}]", null)]
    [InlineData("RetryCount", "many", null)]
    public async Task A_broken_field_is_named_and_the_rest_is_shown(string field, string? value, string? defect)
    {
        var id = await _jobs.EnqueueAsync();
        var database = await RedisSpace.DatabaseAsync();
        if (value is null)
            await database.HashDeleteAsync(_jobs.Keys.Job(id), field);
        else
            await database.HashSetAsync(_jobs.Keys.Job(id), field, value);

        var job = await _jobs.Inspector.GetJobAsync(id, JobsSpace.Cancel);
        var page = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Enqueued }, JobsSpace.Cancel);

        Assert.Equal(id, Assert.Single(page.Jobs).Id);
        if (defect is null)
            Assert.Empty(job!.Job.Defects);
        else
            Assert.Contains(job!.Job.Defects, text => text.Contains(defect, StringComparison.Ordinal));
        Assert.Equal(field is not "State", job.Job.State == JobState.Enqueued);
    }

    [Fact]
    public async Task A_state_of_another_time_and_a_key_of_another_type_are_named()
    {
        var stale = await _jobs.EnqueueAsync();
        var wrong = await _jobs.EnqueueAsync();
        var database = await RedisSpace.DatabaseAsync();
        await database.HashSetAsync(_jobs.Keys.Job(stale), "State", "Failed");
        await database.KeyDeleteAsync(_jobs.Keys.Job(wrong));
        await database.StringSetAsync(_jobs.Keys.Job(wrong), "not a hash");
        await database.StringSetAsync(_jobs.Keys.Failed, "not a set");

        var rows = await _jobs.Inspector.GetJobsAsync([stale, wrong], JobsSpace.Cancel);
        Assert.Contains("another state (Enqueued)", rows[0].Defects[0]);
        Assert.Contains("job:" + wrong, Assert.Single(rows[1].Defects));
        Assert.Empty((await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Failed }, JobsSpace.Cancel)).Jobs);
        Assert.NotNull(await _jobs.Inspector.GetJobAsync(wrong, JobsSpace.Cancel));
        Assert.Equal(0, (await _jobs.Inspector.GetSnapshotAsync(JobsSpace.Cancel)).Counts.Failed);
    }

    [Fact]
    public async Task A_history_that_cannot_be_read_stays_an_entry()
    {
        var id = await _jobs.EnqueueAsync();
        var database = await RedisSpace.DatabaseAsync();
        await database.ListRightPushAsync(_jobs.Keys.JobHistory(id), ["{", "7", """{"State":"Failed","ExceptionMessage":"\ud83d","ExceptionType":"X"}""", new byte[] { 0xff, 0xfe }]);

        var job = await _jobs.Inspector.GetJobAsync(id, JobsSpace.Cancel);

        Assert.Equal([JobState.Enqueued, JobState.Unknown, JobState.Unknown, JobState.Failed, JobState.Unknown], job!.History.Select(entry => entry.State));
        Assert.Equal("X", job.History[3].Data["ExceptionType"]);
        Assert.NotNull(job.History[3].Data["ExceptionMessage"]);
    }

    [Fact]
    public async Task An_attempt_without_an_end_was_lost_unless_it_runs()
    {
        var id = await _jobs.EnqueueAsync();
        await _jobs.HoldAsync(id, "first:1:x");
        await _jobs.HoldAsync(id, "second:1:x");

        var job = await _jobs.Inspector.GetJobAsync(id, JobsSpace.Cancel);

        Assert.Equal([(JobState.Unknown, "first:1:x"), (JobState.Processing, "second:1:x")], job!.Attempts.Select(attempt => (attempt.Outcome, attempt.Worker)));
        Assert.All(job.Attempts, attempt => Assert.NotNull(attempt.EnqueuedAt));
    }

    [Fact]
    public async Task A_running_job_shows_progress_log_and_limits()
    {
        await _jobs.PublishAsync(SampleJobs.Published(nameof(SampleJobs.Add)));
        var id = await _jobs.EnqueueAsync();
        await _jobs.HoldAsync(id);
        var database = await RedisSpace.DatabaseAsync();
        await database.HashSetAsync(_jobs.Keys.Progress(id), [new("Percent", "42.5"), new("Text", "<b>half</b>"), new("At", "1")]);
        await database.ListRightPushAsync(_jobs.Keys.Log(id), ["""{"at":1795204680000,"level":"Warning","attempt":1,"text":"careful"}""", "not JSON"]);

        var job = await _jobs.Inspector.GetJobAsync(id, JobsSpace.Cancel);
        var log = await _jobs.Inspector.GetLogAsync(id, 0, 10, JobsSpace.Cancel);

        Assert.Equal((42.5, "<b>half</b>", "sample.add", true), (job!.Job.Percent, job.Job.ProgressText, job.Job.Name, job.Job.IsKnownType));
        Assert.Equal((60, 120), ((job.SoftLimitAt - job.Job.StateAt)!.Value.TotalSeconds, (job.HardLimitAt - job.Job.StateAt)!.Value.TotalSeconds));
        Assert.Equal((3, 2L), (job.MaxRetries, job.LogLines));
        Assert.Equal(["number", "text"], job.Job.Arguments.Select(argument => argument.Name));
        Assert.Equal([("careful", OpsConsole.Jobs.JobLogLevel.Warning), ("not JSON", OpsConsole.Jobs.JobLogLevel.Info)], log.Select(line => (line.Text, line.Level)));
    }

    [Fact]
    public async Task Broken_entries_of_the_catalogue_hide_no_other()
    {
        await (await RedisSpace.DatabaseAsync()).HashSetAsync(_jobs.Keys.Types, [new("a", "{"), new("b", "{}"), new("c", """{"name":"x"}""")]);
        await _jobs.PublishAsync(SampleJobs.Published(nameof(SampleJobs.Add)));

        Assert.Equal("sample.add", Assert.Single(await _jobs.Inspector.GetJobTypesAsync(10, JobsSpace.Cancel)).Name);
        Assert.NotNull(await _jobs.Catalogue.FindAsync("SAMPLE.ADD", JobsSpace.Cancel));
        Assert.NotNull(await _jobs.Catalogue.FindAsync("OpsConsole.Tests.Jobs.Support.SampleJobs.Add", JobsSpace.Cancel));
    }

    [Fact]
    public async Task A_type_whose_parameters_changed_is_offered_as_it_was_published_last()
    {
        var now = SampleJobs.Published(nameof(SampleJobs.Add)) with { PublishedAt = DateTimeOffset.UnixEpoch.AddDays(2) };
        await _jobs.PublishAsync(now, now with { Key = "Old.Key()", Parameters = [], PublishedAt = DateTimeOffset.UnixEpoch.AddDays(1) });

        Assert.Equal(now.Key, Assert.Single(await _jobs.Catalogue.GetAsync(JobsSpace.Cancel)).Key);
        Assert.Equal("Old.Key()", (await _jobs.Catalogue.FindAsync("Old.Key()", JobsSpace.Cancel))!.Key);
    }

    [Fact]
    public async Task A_type_whose_host_starts_just_after_the_catalogue_was_read_is_found()
    {
        Assert.Empty(await _jobs.Catalogue.GetAsync(JobsSpace.Cancel));
        var type = SampleJobs.Published(nameof(SampleJobs.Add));
        await (await RedisSpace.DatabaseAsync()).HashSetAsync(_jobs.Keys.Types, type.Key, OpsConsole.Jobs.Client.CatalogueEntry.Write(type));

        Assert.True((await _jobs.Client.EnqueueAsync("sample.add", """{"number":1,"text":"x"}""", cancel: JobsSpace.Cancel)).IsCreated);
        Assert.NotNull(await _jobs.Catalogue.FindAsync("sample.add", JobsSpace.Cancel));
    }

    [Fact]
    public async Task A_worker_that_has_gone_is_remembered()
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.SortedSetAddAsync(_jobs.Keys.Gone, """{"id":"host:7:00000000-0000-0000-0000-000000000001","how":"lost","at":1795204680000,"worker":{"Host":"h","Slots":"20","Version":"1.2","Pools":"[{\"name\":\"main\",\"slots\":20,\"busy\":1,\"queues\":[\"a\"]}]","Queues":"[\"a\",\"b\"]"}}""", 1795204680000);
        await database.SortedSetAddAsync(_jobs.Keys.Gone, "broken", 1);

        var worker = Assert.Single(await _jobs.Inspector.GetGoneWorkersAsync(10, JobsSpace.Cancel));
        Assert.Equal(("host:7", "lost", 20, "h", "1.2"), (worker.Name, worker.GoneHow, worker.Slots, worker.Host, worker.Version));
        Assert.Equal(["a", "b"], worker.Queues);
        Assert.Equal(worker.Id, (await _jobs.Inspector.GetWorkerAsync(worker.Id, JobsSpace.Cancel))!.Id);
    }

    [Fact]
    public async Task Pages_go_on_where_they_ended_while_jobs_come_and_go()
    {
        for (var i = 0; i < 10; i++)
            await _jobs.EnqueueAsync(new EnqueueOptions { Id = $"j{i}" });
        var first = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Enqueued, Limit = 4 }, JobsSpace.Cancel);
        Assert.Equal(["j0", "j1", "j2", "j3"], first.Jobs.Select(job => job.Id));

        await (await RedisSpace.DatabaseAsync()).ListRightPopAsync(_jobs.Keys.Queue("default"));
        await _jobs.EnqueueAsync(new EnqueueOptions { Id = "new" });
        var second = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Enqueued, Limit = 4, After = first.Next }, JobsSpace.Cancel);
        var third = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Enqueued, Limit = 4, After = second.Next }, JobsSpace.Cancel);

        Assert.Equal(["j4", "j5", "j6", "j7"], second.Jobs.Select(job => job.Id));
        Assert.Equal(["j8", "j9", "new"], third.Jobs.Select(job => job.Id));
        Assert.Null(third.Next);
        var nonsense = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Enqueued, Limit = 2, After = "nonsense" }, JobsSpace.Cancel);
        Assert.Equal(["j1", "j2"], nonsense.Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task A_filter_that_finds_little_stops_and_says_so()
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.SortedSetAddAsync(_jobs.Keys.Failed, [.. Enumerable.Range(0, 6_000).Select(i => new SortedSetEntry($"g{i}", i))]);

        var page = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Failed, Type = "needle" }, JobsSpace.Cancel);
        var next = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Failed, Type = "needle", After = page.Next }, JobsSpace.Cancel);

        Assert.Equal((0, 5_000, true, 6_000L), (page.Jobs.Count, page.Scanned, page.ScanStopped, page.Total));
        Assert.Equal((0, 1_000, false), (next.Jobs.Count, next.Scanned, next.ScanStopped));
    }
}
