using System.Text.Json;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Schedules.Runner;
using static OpsConsole.Tests.Web.Schedules.Runner.Plans;

namespace OpsConsole.Tests.Web.Schedules.Runner;

/// <summary>What events and look-ups make of a row of the ledger.</summary>
public class SettlementTests
{
    private static readonly OccurrenceId Own = IdOf(Noon);

    [Fact]
    public void A_run_without_trouble_is_start_and_end()
    {
        var after = Settle(Row(), Event("processing", 1, new { attempt = 1 }), Event("succeeded", 4, new { attempt = 1, run = 3_000 }))!.After;

        Assert.Equal((JobOutcome.Succeeded, Noon.AddSeconds(1), Noon.AddSeconds(4), 1, false), (after.Outcome, after.StartedAt, after.EndedAt, after.Attempts, after.IsOpen));
    }

    [Fact]
    public void An_end_whose_start_was_lost_tells_it_by_its_run_time()
    {
        var after = Settle(Row(), Event("succeeded", 4, new { attempt = 1, run = 3_000 }))!.After;

        Assert.Equal(Noon.AddSeconds(1), after.StartedAt);
    }

    [Fact]
    public void A_job_that_is_tried_again_stays_open()
    {
        var after = Settle(Row(), Event("processing", 1, new { attempt = 1 }), Event("retrying", 2, new { attempt = 1 }), Event("processing", 9, new { attempt = 2 }))!.After;

        Assert.Equal((null, Noon.AddSeconds(1), 2, true), (after.Outcome, after.StartedAt, after.Attempts, after.IsOpen));
    }

    [Theory]
    [InlineData("failed", JobOutcome.Failed)]
    [InlineData("quarantined", JobOutcome.Failed)]
    [InlineData("deleted", JobOutcome.Deleted)]
    public void Each_end_has_its_outcome(string kind, JobOutcome outcome) => Assert.Equal(outcome, Settle(Row(), Event(kind, 4))!.After.Outcome);

    [Fact]
    public void What_the_console_deletes_for_its_age_has_expired()
    {
        Assert.Equal(JobOutcome.Expired, Settle(Row(), Event("deleted", 4, new { by = ScheduleActor.Name, reason = ScheduleActor.Expires("tokens", 60).Reason }))!.After.Outcome);
        Assert.Equal(JobOutcome.Deleted, Settle(Row(), Event("deleted", 4, new { by = "ada", reason = "expired, I think" }))!.After.Outcome);
    }

    [Fact]
    public void A_job_that_is_retried_by_hand_is_open_again_and_one_that_retries_itself_is_not_reopened_by_it()
    {
        var ended = Row(JobOutcome.Failed, endedAt: 4);

        var reopened = Settle(ended, Event("enqueued", 9, new { by = "ada" }))!;

        Assert.Equal((true, null, null, true), (reopened.IsReopened, reopened.After.Outcome, reopened.After.EndedAt, reopened.After.IsOpen));
        Assert.Null(Settle(ended, Event("enqueued", 9)));
    }

    [Fact]
    public void Old_news_and_the_same_news_again_change_nothing()
    {
        var ended = Row(JobOutcome.Succeeded, endedAt: 4);

        Assert.Null(Settle(ended, Event("processing", 1, new { attempt = 1 }), Event("succeeded", 4, new { attempt = 1 })));
        Assert.Null(Settle(ended, JobNews.Of(Own, new JobRecord { Id = Own.JobId, Name = "x", State = JobState.Unknown }, Noon.AddDays(2))!));
    }

    [Fact]
    public void An_end_after_the_deadline_is_too_late_once()
    {
        var row = Row(deadline: 3);
        Assert.True(Settle(row, Event("succeeded", 4))!.IsTooLate);
        Assert.False(Settle(row, Event("succeeded", 3))!.IsTooLate);
        row.IsDeadlineMissed = true;
        Assert.False(Settle(row, Event("succeeded", 4))!.IsTooLate);
    }

    [Theory]
    [InlineData(JobState.Succeeded, JobOutcome.Succeeded)]
    [InlineData(JobState.Failed, JobOutcome.Failed)]
    [InlineData(JobState.Quarantined, JobOutcome.Failed)]
    [InlineData(JobState.Deleted, JobOutcome.Deleted)]
    public void A_job_that_was_looked_up_settles_the_row_as_its_event_would(JobState state, JobOutcome outcome)
    {
        var job = new JobRecord { Id = Own.JobId, Name = "x", State = state, StoredState = state.ToString(), CreatedAt = Noon, StateAt = Noon.AddSeconds(4), Ran = TimeSpan.FromSeconds(3), Attempt = 2 };

        var after = Settle(Row(), JobNews.Of(Own, job, Noon.AddHours(1))!)!.After;

        Assert.Equal((outcome, Noon.AddSeconds(4), Noon.AddSeconds(1), 2, false), (after.Outcome, after.EndedAt, after.StartedAt, after.Attempts, after.IsOpen));
    }

    [Fact]
    public void A_job_that_still_waits_is_no_news()
    {
        var job = new JobRecord { Id = Own.JobId, Name = "x", State = JobState.Enqueued, StoredState = "Enqueued", CreatedAt = Noon, StateAt = Noon };

        Assert.Null(Settle(Row(), JobNews.Of(Own, job, Noon.AddHours(1))!));
    }

    [Theory]
    [InlineData("log")]
    [InlineData("progress")]
    [InlineData("requeued")]
    public void Other_events_are_none_of_its_business(string kind) => Assert.Null(JobNews.Of(Entry(kind, 1, null)));

    [Fact]
    public void Jobs_that_no_schedule_made_are_none_of_its_business() => Assert.Null(JobNews.Of(Entry("succeeded", 1, null) with { Subject = Guid.NewGuid().ToString() }));

    private static Settlement? Settle(Occurrence row, params JobNews[] news) => Settlement.Of(row, news);

    private static JobNews Event(string kind, int second, object? details = null) => JobNews.Of(Entry(kind, second, details)) ?? new JobNews(Own, JobNewsKind.Look, Noon);

    private static JobEvent Entry(string kind, int second, object? details) => new()
    {
        Position = "1-1",
        At = Noon.AddSeconds(second),
        Kind = kind,
        Subject = Own.JobId,
        Details = details is null ? default : JsonSerializer.SerializeToElement(details),
    };

    private static Occurrence Row(JobOutcome? outcome = null, int endedAt = 0, int? deadline = null) => new()
    {
        ScheduleId = Id,
        NominalAt = Noon,
        State = OccurrenceState.Ran,
        EnqueuedAt = Noon,
        IsOpen = outcome is null,
        Outcome = outcome,
        StartedAt = outcome is null ? null : Noon.AddSeconds(1),
        EndedAt = outcome is null ? null : Noon.AddSeconds(endedAt),
        Attempts = outcome is null ? 0 : 1,
        DeadlineAt = deadline is { } at ? Noon.AddSeconds(at) : null,
    };
}
