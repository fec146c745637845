using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules;

namespace OpsConsole.Tests.Web.Schedules;

public sealed class OccurrenceFateTests
{
    [Theory]
    [InlineData(OccurrenceState.Missed, OccurrenceFate.Missed)]
    [InlineData(OccurrenceState.FailedToEnqueue, OccurrenceFate.NoJob)]
    [InlineData(OccurrenceState.Skipped, OccurrenceFate.Skipped)]
    [InlineData(OccurrenceState.Paused, OccurrenceFate.Paused)]
    [InlineData(OccurrenceState.Pending, OccurrenceFate.Pending)]
    [InlineData(OccurrenceState.Buffered, OccurrenceFate.Buffered)]
    public void Without_a_job_the_state_says_it_all(OccurrenceState state, OccurrenceFate fate) => Assert.Equal(fate, OccurrenceFates.Of(Sample.Without(state)));

    [Theory]
    [InlineData(JobOutcome.Succeeded, 1, OccurrenceState.Ran, OccurrenceFate.Succeeded)]
    [InlineData(JobOutcome.Succeeded, 2, OccurrenceState.Ran, OccurrenceFate.Retried)]
    [InlineData(JobOutcome.Succeeded, 1, OccurrenceState.Late, OccurrenceFate.Late)]
    [InlineData(JobOutcome.Succeeded, 1, OccurrenceState.Buffered, OccurrenceFate.Succeeded)]
    [InlineData(JobOutcome.Failed, 3, OccurrenceState.Late, OccurrenceFate.Failed)]
    [InlineData(JobOutcome.Deleted, 1, OccurrenceState.Ran, OccurrenceFate.Deleted)]
    [InlineData(JobOutcome.Expired, 0, OccurrenceState.Ran, OccurrenceFate.Expired)]
    [InlineData(JobOutcome.Unknown, 0, OccurrenceState.Ran, OccurrenceFate.Unknown)]
    [InlineData(null, 1, OccurrenceState.Ran, OccurrenceFate.Running)]
    public void With_a_job_its_outcome_counts(JobOutcome? outcome, int attempts, OccurrenceState state, OccurrenceFate fate) =>
        Assert.Equal(fate, OccurrenceFates.Of(Sample.Ran(outcome: outcome, attempts: attempts, state: state)));

    [Fact]
    public void A_missed_deadline_is_told_unless_the_job_failed_anyway()
    {
        var ran = Sample.Ran();
        ran.IsDeadlineMissed = true;
        Assert.Equal(OccurrenceFate.Overran, OccurrenceFates.Of(ran));
        var failed = Sample.Ran(outcome: JobOutcome.Failed);
        failed.IsDeadlineMissed = true;
        Assert.Equal(OccurrenceFate.Failed, OccurrenceFates.Of(failed));
    }

    [Fact]
    public void Every_fate_has_a_word_a_glyph_and_a_shape_of_its_own()
    {
        var all = Enum.GetValues<OccurrenceFate>();
        Assert.Equal(all.Length, all.Select(fate => OccurrenceLook.Of(fate).Word).Distinct().Count());
        var ended = all.Except([OccurrenceFate.Pending, OccurrenceFate.Buffered, OccurrenceFate.Queued, OccurrenceFate.Expired]).ToList();
        Assert.Equal(ended.Count, ended.Select(fate => StripShape.Draw([fate])[0].Path).Distinct().Count());
    }

    [Fact]
    public void A_row_is_told_in_words_with_the_most_frequent_first()
    {
        Assert.Equal("No occurrence yet.", FateWords.Summary([]));
        Assert.Equal("The only occurrence: 1 missed.", FateWords.Summary([OccurrenceFate.Missed]));
        Assert.Equal("Last 4: 2 succeeded, 1 on a second try, 1 failed; newest: failed.",
            FateWords.Summary([OccurrenceFate.Succeeded, OccurrenceFate.Retried, OccurrenceFate.Succeeded, OccurrenceFate.Failed]));
    }

    [Theory]
    [InlineData(45, "45 s")]
    [InlineData(90, "1 min 30 s")]
    [InlineData(5_400, "90 min")]
    [InlineData(43_200, "12 h")]
    [InlineData(86_400, "1 day")]
    [InlineData(604_800, "7 days")]
    [InlineData(90_000, "25 h")]
    [InlineData(0, "0 s")]
    public void A_chosen_span_is_written_in_its_own_unit(long seconds, string text) => Assert.Equal(text, MomentWords.Span(seconds));
}
