using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Editor;

namespace OpsConsole.Tests.Web.Schedules.Editor;

public sealed class ScheduleDraftTests
{
    private static readonly ScheduleDefinition s_full = new()
    {
        Name = "Billing cut-off",
        Description = "Closes the month.\nAsk finance.",
        Owner = "ledger",
        Tags = ["nightly", "finance"],
        Job = new ScheduledJob { Type = "ledger.close-month", Arguments = """{"month":-1}""", Queue = "ledger" },
        When = new ScheduleTiming
        {
            TimeZone = "Europe/Berlin",
            Cron = ["30 2 28 * *", "@yearly"],
            Every = [new ScheduleInterval(5_400, 60)],
            At = [new DateTime(2026, 12, 24, 18, 0, 30)],
            ExceptRanges = [new ExcludedRange(new DateTime(2026, 12, 24), new DateTime(2026, 12, 27), "Christmas")],
            ExceptCalendars = ["germany"],
            Start = new DateTime(2026, 1, 1),
            End = new DateTime(2030, 1, 1, 12, 30, 0),
            JitterSeconds = 90,
            SkippedTime = SkippedTime.Skip,
            RepeatedTime = RepeatedTime.Twice,
        },
        Overlap = OverlapPolicy.BufferAll,
        BufferLimit = 12,
        CatchUp = new CatchUp { Mode = CatchUpMode.All, WindowSeconds = 43_200, Limit = 24 },
        GraceSeconds = 300,
        ExpirySeconds = 7_200,
        MaxRuns = 1_000,
        PauseAfterFailures = 3,
        Deadline = new TimeOnly(6, 0),
    };

    [Fact]
    public void A_definition_comes_back_from_the_fields_as_it_was()
    {
        Assert.Empty(ScheduleDifference.Between(s_full, ScheduleDraft.Of(s_full).Read()));
        Assert.Empty(ScheduleDifference.Between(new ScheduleDefinition(), ScheduleDraft.Of(new ScheduleDefinition()).Read()));
    }

    [Fact]
    public void What_cannot_be_read_keeps_its_text_and_names_its_field()
    {
        var draft = ScheduleDraft.Of(s_full);
        draft.Grace = "soon";
        draft.MaxRuns = "many";
        draft.Deadline = "6 o'clock";
        draft.When.Jitter = "90";
        var definition = draft.Read();
        Assert.Equal(["when.jitterSeconds", "graceSeconds", "maxRuns", "deadline"], draft.Unreadable.Keys);
        Assert.Equal("soon", draft.Grace);
        Assert.Equal(new ScheduleDefinition().GraceSeconds, definition.GraceSeconds);
        Assert.Contains("90 s, 90 min", draft.Unreadable["when.jitterSeconds"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_knows_its_place_in_the_definition_although_rows_before_it_are_left_out()
    {
        var draft = new ScheduleDraft();
        draft.When.Cron.AddRange([new CronRow(""), new CronRow("0 2 * * *"), new CronRow("  "), new CronRow("61 * * * *")]);
        draft.When.Every.AddRange([new IntervalRow("often"), new IntervalRow("15 min")]);
        var definition = draft.Read();
        Assert.Equal(["0 2 * * *", "61 * * * *"], definition.When.Cron);
        Assert.Equal([-1, 0, -1, 1], draft.When.Cron.Select(row => row.Index));
        Assert.Equal([-1, 0], draft.When.Every.Select(row => row.Index));
        Assert.Same(draft.When.Every[0], Assert.Single(draft.UnreadableRows));
    }

    [Fact]
    public void Tags_are_what_stands_between_commas()
    {
        var draft = new ScheduleDraft { Tags = " nightly, finance ,, Nightly;<b>bold</b>" };
        Assert.Equal(["nightly", "finance", "<b>bold</b>"], draft.Read().Tags);
    }
}
