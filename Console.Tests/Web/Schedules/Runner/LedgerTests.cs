using OpsConsole.Data.Audit;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Web.Schedules.Runner;

namespace OpsConsole.Tests.Web.Schedules.Runner;

/// <summary>What becomes of occurrences whose jobs a real worker runs.</summary>
public sealed class LedgerTests : IAsyncLifetime
{
    private readonly LedgerSpace _space = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _space.InitializeAsync();

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task How_the_job_ended_comes_into_the_ledger()
    {
        var schedule = await _space.EverySecondAsync(1, "probe.add", """{"a":1}""");
        _space.Start();

        var row = await _space.OneWhenAsync(schedule.Id, row => row is { Outcome: not null, EnqueuedAt: not null });

        Assert.Equal((OccurrenceState.Ran, JobOutcome.Succeeded, 1, false), (row.State, row.Outcome, row.Attempts, row.IsOpen));
        Assert.True(row.StartedAt <= row.EndedAt);
        Assert.Equal((JobOutcome.Succeeded, 0), await _space.CursorAsync(schedule.Id) is var cursor ? (cursor.LastOutcome, cursor.FailuresInRow) : default);
    }

    [Fact]
    public async Task A_retry_by_hand_opens_the_occurrence_again()
    {
        var schedule = await _space.EverySecondAsync(1, "probe.wait", """{"gate":"again"}""");
        _space.Start();
        var row = await _space.OneWhenAsync(schedule.Id, row => row.StartedAt is not null);
        await _space.Runners.Jobs.Control.CancelAsync(row.Identity.JobId, JobsSpace.Ada, Cancel);
        await _space.OneWhenAsync(schedule.Id, row => row.Outcome == JobOutcome.Deleted);

        await _space.Runners.Jobs.Control.RetryAsync(row.Identity.JobId, JobsSpace.Ada, cancel: Cancel);

        await _space.OneWhenAsync(schedule.Id, row => row is { Outcome: null, EndedAt: null, IsOpen: true });
        _space.Probe.Gate("again").SetResult();
        row = await _space.OneWhenAsync(schedule.Id, row => row.Outcome is not null);
        Assert.Equal((JobOutcome.Succeeded, false), (row.Outcome, row.IsOpen));
    }

    [Fact]
    public async Task What_waits_is_run_when_the_one_before_it_has_ended()
    {
        var schedule = await _space.EverySecondAsync(2, "probe.wait", """{"gate":"first"}""", with => with with { Overlap = OverlapPolicy.BufferOne });
        _space.Start();
        var rows = await _space.Runners.LedgerWhenAsync(rows => rows is [{ StartedAt: not null }, { State: OccurrenceState.Buffered }], schedule.Id);
        Assert.Null(rows[1].EnqueuedAt);

        _space.Probe.Gate("first").SetResult();

        rows = await _space.Runners.LedgerWhenAsync(rows => rows.All(row => row.Outcome == JobOutcome.Succeeded), schedule.Id);
        Assert.Equal((OccurrenceState.Buffered, true), (rows[1].State, rows[1].EnqueuedAt >= rows[0].EndedAt));
    }

    [Fact]
    public async Task What_waits_is_run_although_another_runner_has_taken_over()
    {
        var schedule = await _space.EverySecondAsync(2, "probe.wait", """{"gate":"first"}""", with => with with { Overlap = OverlapPolicy.BufferOne });
        var first = _space.Start();
        await _space.Runners.LedgerWhenAsync(rows => rows is [{ StartedAt: not null }, { State: OccurrenceState.Buffered }], schedule.Id);
        await first.KillAsync();
        _space.Probe.Gate("first").SetResult();

        _space.Start(hears: false);

        var rows = await _space.Runners.LedgerWhenAsync(rows => rows is [{ Outcome: JobOutcome.Succeeded }, { EnqueuedAt: not null }], schedule.Id);
        Assert.Equal(2, (await _space.Runners.LedgerAsync(schedule.Id)).Count);
        Assert.True(rows[1].EnqueuedAt > rows[0].EndedAt);
    }

    [Fact]
    public async Task A_later_run_has_the_unfinished_one_cancelled_and_starts_after_it()
    {
        var schedule = await _space.EverySecondAsync(2, "probe.wait", """{"gate":"other"}""", with => with with { Overlap = OverlapPolicy.CancelOther });
        _space.Start();

        var rows = await _space.Runners.LedgerWhenAsync(rows => rows is [{ Outcome: JobOutcome.Deleted }, { StartedAt: not null }], schedule.Id);

        Assert.True(rows[1].EnqueuedAt >= rows[0].EndedAt);
        var job = await _space.Runners.Jobs.Inspector.GetJobAsync(rows[0].Identity.JobId, Cancel);
        Assert.Contains(job!.History, entry => entry.Reason?.Contains(schedule.Name, StringComparison.Ordinal) == true && entry.Reason.Contains(ScheduleActor.Name, StringComparison.Ordinal));
        _space.Probe.Gate("other").SetResult();
        await _space.Runners.LedgerWhenAsync(rows => rows[1].Outcome == JobOutcome.Succeeded, schedule.Id);
    }

    [Fact]
    public async Task A_schedule_that_fails_again_and_again_pauses_itself_and_that_is_on_record()
    {
        var schedule = await _space.EverySecondAsync(100, "probe.fail-at-once", with: with => with with { PauseAfterFailures = 2, Overlap = OverlapPolicy.Skip });
        _space.Start();

        Schedule? paused = null;
        await RunnerSpace.UntilAsync(async () => (paused = await _space.Runners.Schedules.GetAsync(schedule.Id, Cancel))!.PausedAt is not null);

        Assert.Equal(ScheduleActor.Name, paused!.PausedBy);
        Assert.Contains("2 times in a row", paused.PauseNote);
        // The pause is written before the row that it is for.
        await _space.Runners.LedgerWhenAsync(rows => rows.Any(row => row.Outcome == JobOutcome.Failed && paused.PauseNote!.Contains(row.Identity.JobId, StringComparison.Ordinal)), schedule.Id);
        var entry = await RecordAsync(AuditKinds.PauseSchedules);
        Assert.Equal((ScheduleActor.Name, AuditResult.Done, schedule.Name), (entry.OperatorName, entry.Result, entry.Target));
    }

    [Fact]
    public async Task A_job_that_has_not_started_in_time_is_deleted_as_expired()
    {
        var schedule = await _space.EverySecondAsync(1, "probe.note", """{"text":"late"}""", with => with with { ExpirySeconds = 1, Job = with.Job with { Queue = "nobody" } });
        _space.Start();

        var row = await _space.OneWhenAsync(schedule.Id, row => row.Outcome is not null);

        Assert.Equal((JobOutcome.Expired, 0, false), (row.Outcome, row.Attempts, row.IsOpen));
        Assert.Equal(JobState.Deleted, await _space.JobStateAsync(row));
    }

    [Fact]
    public async Task A_job_that_runs_does_not_expire()
    {
        var schedule = await _space.EverySecondAsync(1, "probe.wait", """{"gate":"long"}""", with => with with { ExpirySeconds = 1 });
        _space.Start(hears: false);
        await _space.OneWhenAsync(schedule.Id, row => row.EnqueuedAt is not null);

        // Nothing was heard of its start: it is seen when the job is to be deleted.
        var row = await _space.OneWhenAsync(schedule.Id, row => row.StartedAt is not null);

        Assert.Equal((null, JobState.Processing), (row.Outcome, await _space.JobStateAsync(row)));
        _space.Probe.Gate("long").SetResult();
    }

    [Fact]
    public async Task A_job_that_has_not_ended_by_its_deadline_is_marked()
    {
        var deadline = TimeOnly.FromDateTime(_space.Runners.Time.GetUtcNow().UtcDateTime.AddMinutes(-2));
        var schedule = await _space.EverySecondAsync(1, "probe.wait", """{"gate":"slow"}""", with => with with { Deadline = deadline });
        _space.Start();
        var row = await _space.OneWhenAsync(schedule.Id, row => row.StartedAt is not null);
        Assert.False(row.IsDeadlineMissed);

        _space.Runners.Time.Step(TimeSpan.FromDays(1));

        row = await _space.OneWhenAsync(schedule.Id, row => row.IsDeadlineMissed);
        Assert.Equal((Settler.DeadlineMissed, true), (row.Cause, row.IsOpen));
        Assert.NotNull(row.MissedAt);
        _space.Probe.Gate("slow").SetResult();
        await _space.OneWhenAsync(schedule.Id, row => row.Outcome == JobOutcome.Succeeded);
    }

    [Fact]
    public async Task A_lost_event_is_found_again_in_Redis()
    {
        var schedule = await _space.EverySecondAsync(1, "probe.add", """{"a":1}""");
        var runner = _space.Start(hears: false);
        var row = await _space.OneWhenAsync(schedule.Id, row => row.EnqueuedAt is not null);
        await RunnerSpace.UntilAsync(async () => await _space.JobStateAsync(row) == JobState.Succeeded);

        runner.Get<OutcomeFeed>().OnGap();

        row = await _space.OneWhenAsync(schedule.Id, row => row.Outcome is not null);
        Assert.Equal((JobOutcome.Succeeded, false), (row.Outcome, row.IsOpen));
        Assert.NotNull(row.StartedAt);
    }

    [Fact]
    public async Task What_has_ended_while_nobody_ran_the_schedules_is_known_after_the_takeover()
    {
        var schedule = await _space.EverySecondAsync(1, "probe.wait", """{"gate":"alone"}""");
        var first = _space.Start();
        var row = await _space.OneWhenAsync(schedule.Id, row => row.StartedAt is not null);
        await first.KillAsync();
        _space.Probe.Gate("alone").SetResult();
        await RunnerSpace.UntilAsync(async () => await _space.JobStateAsync(row) == JobState.Succeeded);

        _space.Start(hears: false);

        Assert.Equal(JobOutcome.Succeeded, (await _space.OneWhenAsync(schedule.Id, row => row.Outcome is not null)).Outcome);
    }

    [Fact]
    public async Task A_job_that_is_gone_without_a_word_has_an_unknown_outcome()
    {
        var schedule = await _space.EverySecondAsync(1, "probe.note", """{"text":"gone"}""", with => with with { Job = with.Job with { Queue = "nobody" } });
        var runner = _space.Start();
        var row = await _space.OneWhenAsync(schedule.Id, row => row.EnqueuedAt is not null);
        await (await OpsConsole.Tests.Support.RedisSpace.DatabaseAsync()).KeyDeleteAsync(_space.Runners.Jobs.Keys.Job(row.Identity.JobId));

        runner.Get<OutcomeFeed>().OnGap();

        Assert.Equal(JobOutcome.Unknown, (await _space.OneWhenAsync(schedule.Id, row => row.Outcome is not null)).Outcome);
    }

    [Theory]
    [InlineData(OverlapPolicy.BufferAll)]
    [InlineData(OverlapPolicy.AllowAll)]
    public async Task A_backfill_runs_by_its_own_policy(OverlapPolicy overlap)
    {
        var schedule = await _space.EverySecondAsync(1, "probe.note", """{"text":"past"}""", with => with with { When = new ScheduleTiming { Cron = ["0 0 1 1 *"] } });
        _space.Start();
        var now = _space.Runners.Time.GetUtcNow();
        var backfill = new ScheduleBackfill { Id = Guid.NewGuid(), ScheduleId = schedule.Id, Overlap = overlap, Occurrences = 3, RequestedAt = now, RequestedBy = "ada", From = now.AddDays(-3), To = now };

        await _space.Runners.Store.RequestAsync(BackfillPlan.Rows(1, backfill, [now.AddDays(-3), now.AddDays(-2), now.AddDays(-1)]), backfill, Cancel);

        var rows = await _space.Runners.LedgerWhenAsync(rows => rows.Count == 3 && rows.All(row => row.Outcome == JobOutcome.Succeeded), schedule.Id);
        if (overlap == OverlapPolicy.BufferAll)
            Assert.True(rows[1].EnqueuedAt >= rows[0].EndedAt && rows[2].EnqueuedAt >= rows[1].EndedAt);
        Assert.Equal(3, _space.Probe.Started.Count);
    }

    [Fact]
    public async Task A_pause_whose_time_is_over_ends_and_that_is_on_record()
    {
        var schedule = await _space.EverySecondAsync(1, "probe.note", """{"text":"rested"}""");
        await _space.Runners.Schedules.PauseAsync([schedule.Id], "ada", "for a second", _space.Runners.Time.GetUtcNow().AddSeconds(3), Cancel);
        _space.Start();

        await RunnerSpace.UntilAsync(async () => (await _space.Runners.Schedules.GetAsync(schedule.Id, Cancel))!.PausedAt is null);

        await _space.Runners.LedgerWhenAsync(rows => rows.Any(row => row.Outcome == JobOutcome.Succeeded), schedule.Id);
        var entry = await RecordAsync(AuditKinds.ResumeSchedules);
        Assert.Equal((ScheduleActor.Name, AuditResult.Done), (entry.OperatorName, entry.Result));
    }

    /// <summary>The only entry of this kind, when it is complete.</summary>
    private async Task<AuditEntry> RecordAsync(string kind)
    {
        IReadOnlyList<AuditEntry> entries = [];
        await RunnerSpace.UntilAsync(async () =>
        {
            entries = (await _space.Runners.Audit.ListAsync(new AuditQuery { Kind = kind }, Cancel)).Entries;
            return entries.Any(entry => entry.CompletedAt is not null);
        });
        return Assert.Single(entries);
    }
}
