using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Calendar;
using OpsConsole.Web.Schedules.Editor;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Editor;

public sealed class CollisionTests
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo s_kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
    private static readonly DateTimeOffset s_now = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    private static OutlookGroup Group(string cron, int count, string zone = "Europe/Berlin")
    {
        var when = new ScheduleTiming { TimeZone = zone, Cron = [cron] };
        return new OutlookGroup(ScheduleJson.Write(when), when, Timetable.Compile(when, new Dictionary<string, IReadOnlySet<DateOnly>>()).Timetable!, count);
    }

    private static MinuteLoad? Load(string cron, TimeZoneInfo zone, string? own, params OutlookGroup[] groups) =>
        MinuteLoad.Of(new Outlook(groups, groups.Sum(group => group.Count), 0), [.. Group(cron, 1, zone.Id).Timetable.Between(s_now, DateTimeOffset.MaxValue, 10).Where(run => run.Note is null).Select(run => run.NominalAt)], zone, own);

    private static Collision? Of(MinuteLoad? load, string cron)
    {
        var draft = new TimingDraft();
        draft.Cron.Add(new CronRow(cron));
        return Collision.Of(load, draft);
    }

    [Fact]
    public void The_heaviest_minute_is_named_with_a_free_one_and_the_line_that_uses_it()
    {
        var load = Load("30 2 28 * *", s_berlin, null, Group("30 2 * * *", 14), Group("31-36 2 * * *", 1), Group("0 3 * * *", 40));
        var collision = Of(load, "30 2 28 * *")!;
        Assert.Equal("02:30 is the heaviest minute of that hour: 14 other schedules start in it.", collision.Text);
        Assert.Equal(("02:37 is free.", "37 2 28 * *", true), (collision.Way, collision.Line, collision.IsWarning));
    }

    [Fact]
    public void The_minutes_are_those_of_a_zone_of_half_hours()
    {
        var load = Load("30 2 * * *", s_kolkata, null, Group("30 2 * * *", 9, "Asia/Kolkata"), Group("0 21 * * *", 2, "UTC"));
        Assert.Equal((11, 30), (load!.Others, load.Moment.Minute));
        Assert.Equal("31 2 * * *", Of(load, "30 2 * * *")!.Line);
    }

    [Fact]
    public void A_schedule_does_not_collide_with_itself()
    {
        var own = Group("30 2 * * *", 1);
        Assert.Null(Of(Load("30 2 * * *", s_berlin, own.Json, own), "30 2 * * *"));
        Assert.Null(Of(Load("30 2 * * *", s_berlin, null), "30 2 * * *"));
    }

    [Fact]
    public void A_few_others_are_told_without_alarm()
    {
        var collision = Of(Load("30 2 * * *", s_berlin, null, Group("30 2 * * *", 1)), "30 2 * * *")!;
        Assert.Equal(("1 other schedule starts in the same minute, at 02:30.", false, null), (collision.Text, collision.IsWarning, collision.Way));
    }

    [Theory]
    [InlineData("30 2 28 * *", 30, 37, "37 2 28 * *")]
    [InlineData("0 30 2 * * *", 30, 5, "0 5 2 * * *")]
    [InlineData("@daily", 0, 7, "7 0 * * *")]
    [InlineData("*/5 * * * *", 30, 31, null)]
    [InlineData("30,45 2 * * *", 30, 31, null)]
    [InlineData("nonsense", 30, 31, null)]
    public void Only_a_line_of_one_minute_is_moved(string line, int from, int to, string? moved) => Assert.Equal(moved, CronMinute.Move(line, from, to));
}
