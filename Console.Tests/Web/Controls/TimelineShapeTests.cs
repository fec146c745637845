using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;

namespace OpsConsole.Tests.Web.Controls;

public sealed class TimelineShapeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 14, 0, 0, TimeSpan.Zero);
    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private static JobDetails Job(double? percent, params JobAttempt[] attempts) => new()
    {
        Job = new JobRecord { Id = "1", State = JobState.Processing, Name = "reports.generate", CreatedAt = Start, Percent = percent },
        Attempts = attempts,
    };

    [Fact]
    public void Attempts_are_drawn_to_scale()
    {
        var shape = TimelineShape.Draw(Job(null,
            new JobAttempt { Number = 1, EnqueuedAt = At(0), StartedAt = At(10), EndedAt = At(60), Outcome = JobState.Failed },
            new JobAttempt { Number = 2, EnqueuedAt = At(80), StartedAt = At(80), EndedAt = At(100), Outcome = JobState.Succeeded }), At(500))!;
        Assert.Equal(["Waiting", "Attempt 1", "Attempt 2"], shape.Lanes.Select(lane => lane.Name));
        Assert.Equal((10, 50), (shape.Lanes[1].Stretches[0].Left, shape.Lanes[1].Stretches[0].Width));
        Assert.Equal((80, 20), (shape.Lanes[2].Stretches[0].Left, shape.Lanes[2].Stretches[0].Width));
        Assert.Equal(TimeSpan.FromSeconds(70), shape.Running);
    }

    [Fact]
    public void A_running_attempt_ends_now_and_its_progress_tells_its_expected_end()
    {
        var shape = TimelineShape.Draw(Job(50, new JobAttempt { Number = 1, EnqueuedAt = At(0), StartedAt = At(0), Outcome = JobState.Processing }), At(100))!;
        var stretches = shape.Lanes.Single().Stretches;
        Assert.Equal((50, "solid"), (stretches[0].Width, stretches[0].Kind));
        Assert.Equal((50, 50, "expected"), (stretches[1].Left, stretches[1].Width, stretches[1].Kind));
        Assert.True(shape.HasOpenEnd);
    }

    [Theory]
    [InlineData(60d, "back in its queue after 1 min 00 s")]
    [InlineData(null, "lost with its worker")]
    public void An_attempt_without_a_result_is_not_said_to_have_been_given_back(double? seconds, string words)
    {
        var ended = new JobAttempt { Number = 1, StartedAt = At(0), EndedAt = seconds is { } after ? At(after) : null, Outcome = JobState.Unknown };

        Assert.Equal(words, TimelineShape.Draw(Job(null, ended), At(500))!.Lanes[^1].Stretches[0].Text);
    }

    [Theory]
    [InlineData(0.05, "ss.fff")]
    [InlineData(40, "HH:mm:ss")]
    [InlineData(1_200, "HH:mm")]
    [InlineData(900_000, "MM-dd")]
    public void Ticks_are_written_so_that_they_differ(double seconds, string format)
    {
        var shape = TimelineShape.Draw(Job(null, new JobAttempt { Number = 1, EnqueuedAt = At(0), StartedAt = At(0), EndedAt = At(seconds), Outcome = JobState.Succeeded }), At(seconds))!;
        Assert.Equal(format, shape.TickFormat);
        Assert.Equal(shape.Ticks.Count, shape.Ticks.Select(tick => tick.At.ToString(shape.TickFormat, System.Globalization.CultureInfo.InvariantCulture)).Distinct().Count());
    }

    [Fact]
    public void Only_the_newest_attempts_are_drawn()
    {
        var attempts = Enumerable.Range(1, 30).Select(i => new JobAttempt { Number = i, StartedAt = At(i * 10), EndedAt = At(i * 10 + 5), Outcome = JobState.Failed }).ToArray();
        var shape = TimelineShape.Draw(Job(null, attempts), At(1000))!;
        Assert.Equal(18, shape.LeftOut);
        Assert.Equal("Attempt 30", shape.Lanes[^1].Name);
    }

    [Fact]
    public void An_attempt_that_ends_before_it_starts_is_drawn_without_length()
    {
        var shape = TimelineShape.Draw(Job(null, new JobAttempt { Number = 1, StartedAt = At(10), EndedAt = At(5), Outcome = JobState.Failed }), At(20))!;
        Assert.All(shape.Lanes.SelectMany(lane => lane.Stretches), part => Assert.InRange(part.Width, 0, 100));
    }

    [Fact]
    public void A_job_that_never_ran_has_no_drawing() => Assert.Null(TimelineShape.Draw(Job(null), At(1)));
}
