using OpsConsole.Data.Schedules;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class ScheduleAttentionTests
{
    private static readonly Guid Id = Guid.NewGuid();
    private static readonly RunnerHealth Alive = new("host:3:abc123", 7, 1_204, Story.Noon, null, null);
    private static readonly ScheduleHealth Sound = new() { Runner = Alive, HasWork = true };

    [Fact]
    public void Schedules_that_are_run_need_nobody() => Assert.Empty(ScheduleAttention.Of(Sound));

    [Fact]
    public void That_nobody_runs_them_comes_first_and_says_what_to_do()
    {
        var gone = Story.Noon.AddMinutes(-3);
        var health = Sound with { IsUnattended = true, Runner = Alive with { GoneAt = gone }, Missed = new MissedPage([Missed(3, 0, 0)], 1) };

        var item = ScheduleAttention.Of(health)[0];

        Assert.Equal((AttentionKind.RunnerMissing, "Nobody runs the schedules", gone), (item.Kind, item.Title, item.Since));
        Assert.Contains("host:3, gives no sign of life", item.Text);
        Assert.Contains("Schedules:Run", item.Text);
    }

    [Fact]
    public void A_runner_that_renews_its_lease_and_fires_nothing_is_pointed_out()
    {
        var item = Assert.Single(ScheduleAttention.Of(Sound with { Runner = Alive with { HangsSince = Story.Noon.AddMinutes(-1) } }));

        Assert.Equal(AttentionKind.RunnerHanging, item.Kind);
    }

    [Theory]
    [InlineData(1, 0, 0, "1 run missed: tokens")]
    [InlineData(1_200, 0, 0, "1,200 runs missed: tokens")]
    [InlineData(2, 1, 0, "2 runs missed, 1 run without a job: tokens")]
    [InlineData(0, 0, 1, "1 deadline missed: tokens")]
    [InlineData(1, 0, 3, "1 run missed, 3 deadlines missed: tokens")]
    public void What_was_missed_is_counted(int missed, int failed, int deadlines, string title)
    {
        var item = Assert.Single(ScheduleAttention.Of(Sound with { Missed = new MissedPage([Missed(missed, failed, deadlines)], 1) }));

        Assert.Equal((AttentionKind.ScheduleMissed, Id.ToString("D"), title, Story.Noon), (item.Kind, item.Subject, item.Title, item.Since));
        Assert.Equal("Nobody fired it.", item.Text);
    }

    [Fact]
    public void Many_schedules_that_missed_something_do_not_crowd_out_the_rest()
    {
        var items = ScheduleAttention.Of(Sound with { Missed = new MissedPage([.. Enumerable.Range(0, 20).Select(_ => Missed(1, 0, 0))], 131) });

        Assert.Equal(6, items.Count);
        Assert.Equal("126 further schedules have missed runs", items[^1].Title);
    }

    [Fact]
    public void Overdue_schedules_are_one_item_that_names_the_worst()
    {
        var overdue = new OverduePage([new OverdueSchedule(Id, "tokens", Story.Noon, 60), new OverdueSchedule(Guid.NewGuid(), "digest", Story.Noon, 60)], 12);

        var item = Assert.Single(ScheduleAttention.Of(Sound with { Overdue = overdue }));

        Assert.Equal(("12 schedules are overdue", Story.Noon), (item.Title, item.Since));
        Assert.Contains("tokens", item.Text);
    }

    [Fact]
    public void A_schedule_that_paused_itself_says_why()
    {
        var item = Assert.Single(ScheduleAttention.Of(Sound with { Paused = new PausedPage([new PausedSchedule(Id, "tokens", Story.Noon, "Its job failed.")], 1) }));

        Assert.Equal(("Paused itself: tokens", "Its job failed. Nothing of it runs until it is resumed."), (item.Title, item.Text));
    }

    private static MissedSchedule Missed(int missed, int failed, int deadlines) => new(Id, "tokens", missed, failed, deadlines, Story.Noon.AddHours(-1), Story.Noon, "Nobody fired it.");
}
