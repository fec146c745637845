using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;

namespace OpsConsole.Tests.Jobs.Monitoring;

/// <summary>What a real Hangfire left behind, read by every reading method.</summary>
public sealed class HangfireFixtureTests : IAsyncLifetime
{
    private readonly JobsSpace _jobs = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task The_rich_fixture_gives_a_true_snapshot()
    {
        await _jobs.LoadAsync("rich-180");

        var snapshot = await _jobs.Inspector.GetSnapshotAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new StateCounts(7, 9, 4, 4, 19, 3, 5, 0, 0, 19, 3), snapshot.Counts);
        Assert.Equal("0-0", snapshot.Position);
        Assert.Equal([("critical", 1L, 0L), ("default", 4, 4), ("low", 2, 0)], snapshot.Queues.Select(queue => (queue.Name, queue.Depth, queue.Running)));
        Assert.Equal(1795204731944, snapshot.Queues[1].OldestAt?.ToUnixTimeMilliseconds());
        Assert.Equal(["alpha:32165", "beta:32246"], snapshot.Workers.Select(worker => worker.Name));
        Assert.All(snapshot.Workers, worker => Assert.Equal((false, 2), (worker.IsOurs, worker.Slots)));
        Assert.Equal(["critical", "default"], snapshot.Workers[0].Queues);
    }

    [Theory]
    [InlineData("rich-180", JobState.Succeeded, 19)]
    [InlineData("rich-180", JobState.Failed, 5)]
    [InlineData("rich-180", JobState.Deleted, 3)]
    [InlineData("rich-180", JobState.Processing, 4)]
    [InlineData("rich-180", JobState.Scheduled, 9)]
    [InlineData("rich-180", JobState.Retrying, 4)]
    [InlineData("rich-180", JobState.Enqueued, 7)]
    [InlineData("rich-180", JobState.Awaiting, 4)]
    [InlineData("rich-180", JobState.Quarantined, 0)]
    [InlineData("rich-180", JobState.Unknown, 0)]
    [InlineData("compat170", JobState.Awaiting, 2)]
    [InlineData("compat170", JobState.Succeeded, 10)]
    [InlineData("compat110-fulltypenames", JobState.Awaiting, 2)]
    [InlineData("compat110-fulltypenames", JobState.Failed, 1)]
    [InlineData("compat110-fulltypenames", JobState.Succeeded, 10)]
    public async Task A_state_lists_its_jobs_without_a_defect(string fixture, JobState state, int count)
    {
        await _jobs.LoadAsync(fixture);

        var page = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = state, Limit = 100 }, TestContext.Current.CancellationToken);

        Assert.Equal(count, page.Jobs.Count);
        Assert.Null(page.Next);
        Assert.All(page.Jobs, job => Assert.Empty(job.Defects));
        Assert.All(page.Jobs, job => Assert.NotNull(job.StateAt));
        Assert.All(page.Jobs, job => Assert.NotEqual("unknown", job.Name));
    }

    [Theory]
    [InlineData("rich-180", 47)]
    [InlineData("compat170", 15)]
    [InlineData("compat110-fulltypenames", 15)]
    public async Task All_states_together_list_every_job_once_page_by_page(string fixture, int jobs)
    {
        await _jobs.LoadAsync(fixture);
        var seen = new List<JobRecord>();
        string? after = null;
        do
        {
            var page = await _jobs.Inspector.ListJobsAsync(new JobListQuery { After = after, Limit = 7 }, TestContext.Current.CancellationToken);
            seen.AddRange(page.Jobs);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(seen.Count, seen.Select(job => job.Id).Distinct().Count());
        // Without the four awaiting jobs of level 180, of which Hangfire keeps no list.
        Assert.Equal(jobs, seen.Count);
        var plain = seen.Where(job => job.State is not (JobState.Scheduled or JobState.Retrying)).Select(job => job.StateAt!.Value.ToUnixTimeSeconds()).ToList();
        Assert.Equal(plain.OrderDescending(), plain);
    }

    [Theory]
    [InlineData("rich-180")]
    [InlineData("compat170")]
    [InlineData("compat110-fulltypenames")]
    public async Task Every_job_can_be_read_in_full(string fixture)
    {
        await _jobs.LoadAsync(fixture);
        var page = await _jobs.Inspector.ListJobsAsync(new JobListQuery { Limit = 500 }, TestContext.Current.CancellationToken);

        foreach (var row in page.Jobs)
        {
            var job = await _jobs.Inspector.GetJobAsync(row.Id, TestContext.Current.CancellationToken);
            Assert.NotNull(job);
            Assert.Equal(row.State, job.Job.State);
            Assert.NotEmpty(job.History);
            Assert.All(job.History, entry => Assert.NotNull(entry.At));
            Assert.Equal(job.Job.State is JobState.Succeeded or JobState.Deleted, job.ExpiresAt is not null);
        }
    }

    [Fact]
    public async Task A_job_that_failed_twice_shows_both_attempts_with_their_stacks()
    {
        await _jobs.LoadAsync("rich-180");

        var job = await _jobs.Inspector.GetJobAsync("97d32bf2-c9c9-4d8a-acde-9111a808a97b", TestContext.Current.CancellationToken);

        Assert.Equal("Jobs.Fail", job!.Job.Name);
        Assert.Equal("SampleJobs.Jobs.Fail", job.Job.Type);
        Assert.Equal(3, job.Attempts.Count);
        Assert.All(job.Attempts, attempt => Assert.Equal((JobState.Failed, "System.InvalidOperationException", "flaky upstream"), (attempt.Outcome, attempt.ErrorType!, attempt.ErrorMessage!)));
        Assert.All(job.Attempts, attempt => Assert.Contains("at SampleJobs.Jobs.Fail", attempt.ErrorDetails));
        Assert.Equal(["\"flaky upstream\""], job.Job.Arguments.Select(argument => argument.Json));
        Assert.Equal(3, job.Job.Attempt);
    }

    [Fact]
    public async Task A_parent_shows_the_jobs_that_wait_for_it_and_they_show_their_parent()
    {
        await _jobs.LoadAsync("rich-180");

        var parent = await _jobs.Inspector.GetJobAsync("ce5bbb19-7d73-4aae-a5a1-656b946cd8fe", TestContext.Current.CancellationToken);
        var child = await _jobs.Inspector.GetJobAsync("23bea53b-4ca7-46c7-ad98-fe94343b6874", TestContext.Current.CancellationToken);

        Assert.Equal([("succeeded", JobState.Awaiting), ("any", JobState.Awaiting)], parent!.Children.Select(link => (link.Condition, link.Job!.State)));
        Assert.Equal("ce5bbb19-7d73-4aae-a5a1-656b946cd8fe", child!.ParentId);
    }

    [Fact]
    public async Task A_job_with_a_queue_of_its_own_is_in_that_queue_whatever_its_state_says()
    {
        await _jobs.LoadAsync("rich-180");

        var rows = await _jobs.Inspector.GetJobsAsync(["4fda4f7a-8c7f-44b9-8b69-b03600009abf", "c6b08f2a-0579-453c-8798-88db213ddb79", "738a1fd5-48d5-43a3-886c-f41968004938"], TestContext.Current.CancellationToken);

        Assert.All(rows, row => Assert.Equal("low", row.Queue));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 21, 58, 3, TimeSpan.Zero), rows[1].EnqueueAt!.Value, TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Filters_find_jobs_by_queue_and_by_part_of_their_type()
    {
        await _jobs.LoadAsync("rich-180");

        var low = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Scheduled, Queue = "low" }, TestContext.Current.CancellationToken);
        var invoices = await _jobs.Inspector.ListJobsAsync(new JobListQuery { Type = "INVOICE" }, TestContext.Current.CancellationToken);
        var none = await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Failed, Type = "nowhere" }, TestContext.Current.CancellationToken);

        Assert.Equal(2, low.Jobs.Count);
        Assert.Equal("InvoiceJobs.SendInvoice", Assert.Single(invoices.Jobs).Name);
        Assert.Equal(JobState.Retrying, invoices.Jobs[0].State);
        Assert.Equal((0, 5, false), (none.Jobs.Count, none.Scanned, none.ScanStopped));
    }

    [Fact]
    public async Task Old_timestamps_and_full_type_names_read_like_new_ones()
    {
        await _jobs.LoadAsync("compat110-fulltypenames");

        var rows = (await _jobs.Inspector.ListJobsAsync(new JobListQuery { State = JobState.Succeeded }, TestContext.Current.CancellationToken)).Jobs;
        var note = Assert.Single(rows, row => row.Name == "Jobs.WithContext");
        var job = await _jobs.Inspector.GetJobAsync(note.Id, TestContext.Current.CancellationToken);

        Assert.All(rows, row => Assert.Equal(2026, row.CreatedAt!.Value.Year));
        Assert.All(rows, row => Assert.NotNull(row.Ran));
        Assert.Contains(rows, row => row.Name == "Repo.Nested.Run");
        Assert.Equal(["System.String"], note.Arguments.Skip(1).Select(argument => argument.Type));
        Assert.Equal("\"hello\"", job!.Parameters["Note"]);
        Assert.Equal(1, job.Job.Attempt);
    }

    [Fact]
    public async Task Running_jobs_come_longest_first_and_by_worker()
    {
        await _jobs.LoadAsync("rich-180");

        var all = await _jobs.Inspector.GetRunningAsync(10, cancel: TestContext.Current.CancellationToken);
        var alpha = await _jobs.Inspector.GetRunningAsync(10, "alpha:32165:39136fce-0264-4bec-921d-e3d9e079f193", cancel: TestContext.Current.CancellationToken);

        Assert.Equal(4, all.Count);
        Assert.All(all, job => Assert.Equal(JobState.Processing, job.State));
        Assert.All(all, job => Assert.NotNull(job.Waited));
        Assert.InRange(alpha.Count, 1, 3);
        Assert.All(alpha, job => Assert.StartsWith("alpha:", job.Worker, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Hangfire_server_is_a_worker_without_vitals()
    {
        await _jobs.LoadAsync("rich-180");

        var worker = await _jobs.Inspector.GetWorkerAsync("alpha:32165:39136fce-0264-4bec-921d-e3d9e079f193", TestContext.Current.CancellationToken);

        Assert.Equal((false, 2, "alpha:32165"), (worker!.IsOurs, worker.Slots, worker.Name));
        Assert.Empty(await _jobs.Inspector.GetVitalsAsync(worker.Id, 100, TestContext.Current.CancellationToken));
        Assert.Null(await _jobs.Inspector.GetWorkerAsync("nobody", TestContext.Current.CancellationToken));
        Assert.Empty(await _jobs.Inspector.GetGoneWorkersAsync(10, TestContext.Current.CancellationToken));
        Assert.Empty(await _jobs.Inspector.GetJobTypesAsync(10, TestContext.Current.CancellationToken));
        Assert.Empty(await _jobs.Inspector.GetLogAsync("nobody", 0, 10, TestContext.Current.CancellationToken));
        Assert.InRange(await _jobs.Inspector.PingAsync(TestContext.Current.CancellationToken), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
