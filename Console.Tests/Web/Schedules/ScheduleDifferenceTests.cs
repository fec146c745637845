using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Schedules;

namespace OpsConsole.Tests.Web.Schedules;

public class ScheduleDifferenceTests
{
    private static readonly ScheduleDefinition s_nightly = new()
    {
        Name = "nightly",
        Tags = ["night", "reports"],
        Job = new ScheduledJob { Type = "reports.generate", Arguments = """{"month": "june", "lines": [1, 2]}""" },
        When = new ScheduleTiming { Cron = ["0 2 * * *", "0 4 * * 0"] },
    };

    [Fact]
    public void Definitions_that_say_the_same_do_not_differ() =>
        Assert.Empty(ScheduleDifference.Between(s_nightly, s_nightly with { Job = s_nightly.Job with { Arguments = """{ "lines":[1,2], "month":"june" }""" } }));

    [Fact]
    public void A_line_put_in_front_changes_no_other_line() =>
        Assert.Equal([new ChangedMember("when.cron", null, "0 1 * * *")],
            ScheduleDifference.Between(s_nightly, s_nightly with { When = s_nightly.When with { Cron = ["0 1 * * *", .. s_nightly.When.Cron] } }));

    [Fact]
    public void Another_order_is_a_difference() =>
        Assert.Equal([new ChangedMember("tags", "night, reports", "reports, night")], ScheduleDifference.Between(s_nightly, s_nightly with { Tags = ["reports", "night"] }));

    [Fact]
    public void Arguments_are_compared_value_by_value()
    {
        var after = s_nightly with { Job = s_nightly.Job with { Arguments = """{"month": "july", "lines": [1, 3], "fast": true}""" } };

        Assert.Equal(
            [new ChangedMember("job.arguments.month", "\"june\"", "\"july\""), new ChangedMember("job.arguments.lines[1]", "2", "3"), new ChangedMember("job.arguments.fast", null, "true")],
            ScheduleDifference.Between(s_nightly, after));
    }

    [Fact]
    public void Every_member_of_a_definition_can_differ()
    {
        var other = new ScheduleDefinition
        {
            Name = "a",
            Description = "b",
            Owner = "c",
            Tags = ["d"],
            Job = new ScheduledJob { Type = "e", Arguments = "[]", Queue = "f" },
            When = new ScheduleTiming
            {
                TimeZone = "Europe/Paris",
                Cron = ["@daily"],
                Every = [new ScheduleInterval(60, 5)],
                At = [new DateTime(2027, 1, 2)],
                ExceptRanges = [new ExcludedRange(new DateTime(2027, 1, 2), new DateTime(2027, 1, 3), "move")],
                ExceptCalendars = ["holidays"],
                Start = new DateTime(2027, 1, 1),
                End = new DateTime(2028, 1, 1),
                JitterSeconds = 1,
                SkippedTime = SkippedTime.Skip,
                RepeatedTime = RepeatedTime.Twice,
            },
            Overlap = OverlapPolicy.AllowAll,
            BufferLimit = 1,
            CatchUp = new CatchUp { Mode = CatchUpMode.All, WindowSeconds = 1, Limit = 1 },
            GraceSeconds = 1,
            ExpirySeconds = 1,
            MaxRuns = 1,
            PauseAfterFailures = 1,
            Deadline = new TimeOnly(6, 0),
        };

        Assert.Equal(
            MembersOf(typeof(ScheduleDefinition), "").Order(StringComparer.Ordinal),
            ScheduleDifference.Between(new ScheduleDefinition(), other).Select(line => line.Path).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> MembersOf(Type type, string prefix) => type.GetProperties().Where(property => property.SetMethod is not null).SelectMany(property =>
    {
        var path = prefix + System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        var isPart = property.PropertyType == typeof(ScheduledJob) || property.PropertyType == typeof(ScheduleTiming) || property.PropertyType == typeof(CatchUp);
        return isPart ? MembersOf(property.PropertyType, path + ".") : [path];
    });
}
