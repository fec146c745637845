using OpsConsole.Data.History;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Data.History;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Jobs.Past;

namespace OpsConsole.Tests.Web.Jobs;

/// <summary>A job that Redis has forgotten is shown as it was.</summary>
public class PastJobTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Its_attempts_make_its_states_and_its_timeline()
    {
        var past = PastJob.Of([
            Ran(1, AttemptOutcome.Lost),
            Ran(2, AttemptOutcome.Retrying) with { ErrorType = "System.TimeoutException", ErrorMessage = "Too late.", Stack = "   at Shop.Run()" },
            Ran(3, AttemptOutcome.Succeeded) with { Result = "7", Arguments = """{"month":"2026-10"}""" },
        ]);

        Assert.Equal((JobState.Succeeded, 3, "7"), (past.Details.Job.State, past.Details.Job.Attempt, past.Details.ResultJson));
        Assert.Equal(
            [JobState.Enqueued, JobState.Processing, JobState.Enqueued, JobState.Enqueued, JobState.Processing, JobState.Failed, JobState.Enqueued, JobState.Processing, JobState.Succeeded],
            past.Details.History.Select(state => state.State));
        Assert.Equal([JobState.Unknown, JobState.Failed, JobState.Succeeded], past.Details.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal("\"2026-10\"", Assert.Single(past.Details.Job.Arguments).Json);
        Assert.Equal("TimeoutException: Too late.", StateWords.Of(past.Details.History[5]));
        Assert.NotNull(TimelineShape.Draw(past.Details, Start.AddDays(30)));
    }

    [Fact]
    public void A_job_that_never_ran_has_no_attempt_and_says_why()
    {
        var past = PastJob.Of([SomeHistory.Attempt(Start, outcome: AttemptOutcome.Deleted) with { Attempt = 0, Reason = "Sent twice." }]);

        Assert.Empty(past.Details.Attempts);
        Assert.Equal("Sent twice.", StateWords.Of(Assert.Single(past.Details.History)));
    }

    [Theory]
    [InlineData(AttemptOutcome.Retrying)]
    [InlineData(AttemptOutcome.Lost)]
    [InlineData(AttemptOutcome.Returned)]
    public void A_job_of_which_the_end_was_not_stored_is_said_to_wait_for_nothing(AttemptOutcome last)
    {
        var job = PastJob.Of([Ran(1, last)]).Details.Job;

        Assert.Equal((JobState.Unknown, "End not known"), (job.State, job.StoredState));
    }

    [Theory]
    [InlineData("\"{\\\"a\\\":1, cut\"")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    public void Arguments_that_are_no_object_are_shown_as_they_are(string stored) =>
        Assert.Equal(stored, Assert.Single(PastJob.Of([SomeHistory.Attempt(Start) with { Arguments = stored }]).Details.Job.Arguments).Json);

    private static AttemptRow Ran(int attempt, AttemptOutcome outcome) => SomeHistory.Attempt(Start.AddMinutes(attempt), outcome: outcome) with
    {
        Attempt = attempt,
        EnqueuedAt = Start.AddMinutes(attempt).AddSeconds(-40),
        StartedAt = Start.AddMinutes(attempt).AddSeconds(-30),
        RunMs = 30_000,
    };
}
