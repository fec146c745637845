using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Schedules;

namespace OpsConsole.Tests.Web.Schedules;

public class ScheduleCheckTests
{
    private static readonly JobType s_type = new()
    {
        Name = "reports.generate",
        Key = "reports.generate",
        TypeName = "Reports",
        Method = "Generate",
        Parameters = [new JobParameter("month", "System.Int32", """{"type":"integer","minimum":1,"maximum":12}""", null, false)],
    };

    private static readonly CheckContext s_known = new() { JobType = s_type };

    private static readonly ScheduleDefinition s_sound = new()
    {
        Name = "nightly",
        Job = new ScheduledJob { Type = "reports.generate", Arguments = """{"month": 3}""" },
        When = new ScheduleTiming { Cron = ["0 2 * * *"] },
    };

    [Fact]
    public void A_sound_definition_has_no_problems() => Assert.Empty(ScheduleCheck.Check(s_sound, s_known));

    [Fact]
    public void A_type_that_nobody_has_published_is_a_warning()
    {
        var problem = Assert.Single(ScheduleCheck.Check(s_sound, s_known with { JobType = null }));

        Assert.Equal(("job.type", true), (problem.Path, problem.IsWarning));
    }

    [Fact]
    public void Without_Redis_nothing_is_said_against_a_type() =>
        Assert.Contains("Redis does not answer", Assert.Single(ScheduleCheck.Check(s_sound, s_known with { JobType = null, IsCatalogueRead = false })).Message, StringComparison.Ordinal);

    [Fact]
    public void Arguments_that_do_not_fit_are_named_by_their_path()
    {
        var problem = Assert.Single(ScheduleCheck.Check(s_sound with { Job = s_sound.Job with { Arguments = """{"month": 13}""" } }, s_known));

        Assert.Equal(("job.arguments.month", false), (problem.Path, problem.IsWarning));
    }

    [Theory]
    [InlineData("{\"month\": ", 9)]
    [InlineData("{\"ü\": x}", 6)]
    [InlineData("{\n\"a\": 1,\n\"b\": ?}", 15)]
    public void Broken_arguments_are_named_by_their_place(string json, int position)
    {
        var problem = Assert.Single(ScheduleCheck.Check(s_sound with { Job = s_sound.Job with { Arguments = json } }, s_known));

        Assert.Equal(("job.arguments", position), (problem.Path, problem.Position));
    }

    [Fact]
    public void A_taken_name_is_an_error() => Assert.Equal("name", Assert.Single(ScheduleCheck.Check(s_sound, s_known with { IsNameTaken = true })).Path);

    [Fact]
    public void Markup_in_any_text_is_text_and_no_problem()
    {
        const string markup = "<script>alert('1')</script>";

        Assert.Empty(ScheduleCheck.Check(s_sound with { Name = markup, Description = markup, Owner = markup, Tags = [markup] }, s_known));
    }

    [Fact]
    public void Each_wrong_text_is_named()
    {
        var wrong = s_sound with
        {
            Name = "a\0b",
            Description = new string('x', ScheduleLimits.Description + 1),
            Owner = "two\nlines",
            Tags = ["", "a", "A", "\ud800"],
            Job = s_sound.Job with { Queue = "No Queue", Arguments = """{"month": "\ud800"}""" },
        };

        Assert.Equal(
            ["name", "description", "owner", "tags[0]", "tags[2]", "tags[3]", "job.queue", "job.arguments.month"],
            ScheduleCheck.Check(wrong, s_known).Select(problem => problem.Path));
    }

    [Fact]
    public void Numbers_out_of_range_and_choices_that_do_not_exist_are_named()
    {
        var wrong = s_sound with
        {
            Overlap = (OverlapPolicy)9,
            BufferLimit = 0,
            CatchUp = new CatchUp { Mode = (CatchUpMode)9, WindowSeconds = -1, Limit = 0 },
            GraceSeconds = 0,
            ExpirySeconds = 0,
            MaxRuns = 0,
            PauseAfterFailures = 0,
        };

        Assert.Equal(
            ["overlap", "bufferLimit", "catchUp.mode", "catchUp.windowSeconds", "catchUp.limit", "graceSeconds", "expirySeconds", "maxRuns", "pauseAfterFailures"],
            ScheduleCheck.Check(wrong, s_known).Where(problem => !problem.IsWarning).Select(problem => problem.Path));
    }
}
