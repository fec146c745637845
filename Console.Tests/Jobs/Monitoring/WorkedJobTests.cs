using OpsConsole.Jobs;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Jobs.Worker;

namespace OpsConsole.Tests.Jobs.Monitoring;

/// <summary>What real workers leave behind, as the reads show it and the controls change it.</summary>
public sealed class WorkedJobTests : IAsyncLifetime
{
    private WorkerSpace _space = null!;
    private JobInspector _inspector = null!;
    private JobControl _control = null!;
    private JobClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _space = await WorkerSpace.OpenAsync();
        var catalogue = new JobCatalogue(_space.Redis, TimeProvider.System);
        _inspector = new JobInspector(_space.Redis, catalogue, TimeProvider.System);
        _control = new JobControl(_space.Redis, TimeProvider.System);
        _client = new JobClient(_space.Redis, catalogue, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task A_job_that_succeeded_shows_its_result_times_and_worker()
    {
        var worker = await _space.StartAsync();
        var id = await _space.EnqueueAsync(job => job.Add(40, 2));
        await _space.SeeAsync(JobEventKinds.Succeeded, id);

        var job = await _inspector.GetJobAsync(id, JobsSpace.Cancel);

        Assert.Equal(("probe.add", JobState.Succeeded, "sums", 1, "42"), (job!.Job.Name, job.Job.State, job.Job.Queue, job.Job.Attempt, job.ResultJson));
        Assert.Empty(job.Job.Defects);
        Assert.NotNull(job.Job.Ran);
        Assert.NotNull(job.Job.Waited);
        var attempt = Assert.Single(job.Attempts);
        Assert.Equal(JobState.Succeeded, attempt.Outcome);
        Assert.NotNull(attempt.EndedAt);
        Assert.Equal(attempt.Worker, job.Job.Worker);
        Assert.StartsWith("test", attempt.Worker, StringComparison.Ordinal);
        Assert.True(worker.Ready.IsCompleted);
    }

    [Fact]
    public async Task A_job_that_is_retried_by_hand_before_its_time_shows_every_attempt()
    {
        await _space.StartAsync();
        var id = await _space.EnqueueAsync(job => job.Fail("<b>no</b>"));
        // The first wait is a second, the second one an hour.
        await _space.SeeAsync(JobEventKinds.Retrying, id);
        _space.Events.Clear();
        await _space.SeeAsync(JobEventKinds.Retrying, id);

        var waiting = (await _inspector.GetJobsAsync([id], JobsSpace.Cancel))[0];
        Assert.Equal((JobState.Retrying, "System.InvalidOperationException", "<b>no</b>", 2), (waiting.State, waiting.ErrorType, waiting.ErrorMessage, waiting.Attempt));
        Assert.NotNull(waiting.EnqueueAt);
        Assert.NotNull(waiting.Ran);
        Assert.Equal(id, Assert.Single((await _inspector.ListJobsAsync(new JobListQuery { State = JobState.Retrying }, JobsSpace.Cancel)).Jobs).Id);

        Assert.True((await _control.RetryAsync(id, JobsSpace.Ada, cancel: JobsSpace.Cancel)).IsAccepted);
        await _space.SeeAsync(JobEventKinds.Failed, id);

        var job = await _inspector.GetJobAsync(id, JobsSpace.Cancel);
        Assert.Equal((JobState.Failed, 3, 2), (job!.Job.State, job.Job.Attempt, job.MaxRetries));
        Assert.Equal([1, 2, 3], job.Attempts.Select(attempt => attempt.Number));
        Assert.All(job.Attempts, attempt => Assert.Equal((JobState.Failed, "<b>no</b>"), (attempt.Outcome, attempt.ErrorMessage!)));
        Assert.All(job.Attempts, attempt => Assert.Contains("ProbeJobs.Fail", attempt.ErrorDetails));
        Assert.Empty(job.Job.Defects);
    }

    [Fact]
    public async Task A_running_job_is_cancelled_by_its_worker()
    {
        await _space.StartAsync();
        var id = await _space.EnqueueAsync(job => job.Wait("never", default));
        await _space.SeeAsync(JobEventKinds.Processing, id);
        var running = Assert.Single(await _inspector.GetRunningAsync(10, queue: "default", cancel: JobsSpace.Cancel));
        Assert.Equal((id, "probe.wait"), (running.Id, running.Name));

        var asked = await _control.CancelAsync(id, JobsSpace.Ada, JobsSpace.Cancel);
        await _space.SeeAsync(JobEventKinds.Deleted, id);

        Assert.Equal(ControlOutcome.Requested, asked.Outcome);
        var job = await _inspector.GetJobAsync(id, JobsSpace.Cancel);
        Assert.Equal((JobState.Deleted, false), (job!.Job.State, job.Job.CancelRequested));
        Assert.Contains("ada@example.org", job.Job.Reason);
        Assert.Equal(JobState.Deleted, Assert.Single(job.Attempts).Outcome);
    }

    [Fact]
    public async Task A_paused_queue_keeps_its_jobs_until_it_is_resumed()
    {
        await _space.StartAsync();
        await _control.PauseQueueAsync("default", JobsSpace.Ada, cancel: JobsSpace.Cancel);
        var id = await _space.NoteAsync("later");
        var other = await _space.EnqueueAsync(job => job.Add(1, 2));
        await _space.SeeAsync(JobEventKinds.Succeeded, other);

        Assert.Equal(JobState.Enqueued, (await _inspector.GetJobsAsync([id], JobsSpace.Cancel))[0].State);
        await _control.ResumeQueueAsync("default", JobsSpace.Ada, JobsSpace.Cancel);

        await _space.SeeAsync(JobEventKinds.Succeeded, id);
    }

    [Fact]
    public async Task A_worker_of_ours_is_in_the_snapshot_with_what_it_says_of_itself()
    {
        await _space.StartAsync();
        await _space.SeeAsync(JobEventKinds.WorkerStarted);

        var worker = Assert.Single((await _inspector.GetSnapshotAsync(JobsSpace.Cancel)).Workers);

        Assert.True(worker.IsOurs);
        Assert.Equal(("1.2.3", Environment.ProcessId), (worker.Version, int.Parse(worker.Name.Split(':')[^1], null)));
        Assert.True(worker.Slots > 0);
        Assert.NotEmpty(worker.Pools);
        Assert.Contains("default", worker.Queues);
        Assert.NotNull(worker.HeartbeatAt);
        Assert.Equal(worker.Id, (await _inspector.GetWorkerAsync(worker.Id, JobsSpace.Cancel))!.Id);
    }

    [Fact]
    public async Task What_a_host_publishes_can_be_triggered_by_name()
    {
        await _space.StartAsync();

        var fits = await _client.EnqueueAsync("probe.order", """{"order":{"id":"11111111-2222-3333-4444-555555555555","customer":"ACME","total":1.5,"day":"Monday"},"at":"2026-11-20T10:00:00Z","every":"00:01:00","day":null,"data":null}""", cancel: JobsSpace.Cancel);
        var outside = await _client.EnqueueAsync("probe.add", """{"a":101}""", cancel: JobsSpace.Cancel);

        Assert.True(fits.IsCreated, fits.Message);
        await _space.SeeAsync(JobEventKinds.Succeeded, fits.Id);
        Assert.Equal(("a", EnqueueOutcome.BadArguments), (Assert.Single(outside.Problems).Path, outside.Outcome));
        Assert.Contains("at most 100", outside.Message);
    }

    [Fact]
    public async Task Progress_and_log_lines_can_be_read_while_and_after_it_runs()
    {
        await _space.StartAsync();
        var id = await _space.EnqueueAsync(job => job.Report(null!));
        await _space.SeeAsync(JobEventKinds.Succeeded, id);
        await _space.SeeAsync(JobEventKinds.Log, id);

        var log = await _inspector.GetLogAsync(id, 0, 100, JobsSpace.Cancel);

        Assert.Equal([("first <b>", JobLogLevel.Info, 1), ("second", JobLogLevel.Warning, 1)], log.Select(line => (line.Text, line.Level, line.Attempt)));
        Assert.All(log, line => Assert.True(line.At > DateTimeOffset.UnixEpoch));
    }
}
