using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Editor;

namespace OpsConsole.Tests.Web.Schedules.Editor;

/// <summary>One draft, and what another operator saves meanwhile.</summary>
public sealed class EditSessionTests
{
    private static readonly ScheduleDefinition s_common = new()
    {
        Name = "Billing",
        Job = new ScheduledJob { Type = "ledger.close", Arguments = """{"month":-1}""" },
        When = new ScheduleTiming { TimeZone = "Europe/Berlin", Cron = ["30 2 28 * *"] },
    };

    private static Schedule Saved(int version, ScheduleDefinition definition) => new()
    {
        Id = Guid.Parse("0191f1c2-0000-7000-8000-000000000001"),
        Version = version,
        Definition = definition,
        Name = definition.Name,
        JobType = definition.Job.Type,
    };

    private static EditSession Editing(Action<ScheduleDraft> type)
    {
        var session = EditSession.Of(Saved(7, s_common));
        type(session.Draft);
        session.Read();
        return session;
    }

    [Fact]
    public void Opening_changes_nothing_and_every_typed_change_counts()
    {
        Assert.False(Editing(_ => { }).IsDirty);
        var session = Editing(draft => { draft.Grace = "5 min"; draft.Owner = "ledger"; draft.Expiry = "soon"; });
        Assert.Equal(["owner", "graceSeconds"], session.Changes.Select(change => change.Path));
        Assert.Equal(3, session.ChangeCount);
        session.Discard();
        Assert.False(session.IsDirty);
    }

    [Fact]
    public void A_new_schedule_is_no_draft_before_something_is_typed()
    {
        var session = EditSession.New(NewSchedules.Blank(TimeZoneInfo.Utc, "reports.generate", null, """{"report":"sales"}"""));
        Assert.False(session.IsDirty);
        Assert.Equal("reports.generate", session.Definition.Job.Type);
        session.Draft.When.Cron[0].Text = "0 2 * * *";
        session.Read();
        Assert.True(session.IsDirty);
    }

    [Fact]
    public void Mine_on_top_keeps_what_each_has_changed_alone_and_mine_where_both_have()
    {
        var session = Editing(draft =>
        {
            draft.Owner = "me";
            draft.When.Cron[0].Text = "37 2 28 * *";
            draft.CatchUp = CatchUpMode.Latest;
        });
        session.Meet(Saved(8, s_common with { Owner = "them", Description = "Theirs.", CatchUp = new CatchUp { WindowSeconds = 7_200 }, Job = s_common.Job with { Arguments = """{"month":-2}""" } }));

        var rows = ConflictRow.Of(session.Base, session.Theirs!.Definition, session.Definition);
        Assert.Equal(["owner"], rows.Where(row => row.IsBoth).Select(row => row.Path));
        session.PutMineOnTop();

        var merged = session.Definition;
        Assert.Equal(("me", "Theirs.", "37 2 28 * *"), (merged.Owner, merged.Description, merged.When.Cron.Single()));
        Assert.Equal((CatchUpMode.Latest, 7_200), (merged.CatchUp.Mode, merged.CatchUp.WindowSeconds));
        Assert.Equal("""{"month":-2}""", merged.Job.Arguments);
        Assert.Equal((8, 9, true), (session.Saved!.Version, session.NextVersion, session.IsDirty));
        Assert.Null(session.Theirs);
    }

    [Fact]
    public void Theirs_can_be_taken_over()
    {
        var session = Editing(draft => draft.Owner = "me");
        session.Meet(Saved(8, s_common with { Owner = "them" }));
        session.TakeTheirs();
        Assert.Equal(("them", false, 8), (session.Definition.Owner, session.IsDirty, session.Saved!.Version));
    }

    [Fact]
    public void A_version_that_is_not_newer_is_no_conflict()
    {
        var session = Editing(draft => draft.Owner = "me");
        session.Meet(Saved(7, s_common));
        Assert.Null(session.Theirs);
    }

    [Fact]
    public void Arguments_that_are_no_JSON_yet_survive_a_merge()
    {
        var session = Editing(draft => draft.Arguments = "{ not yet");
        session.Meet(Saved(8, s_common with { Owner = "them" }));
        session.PutMineOnTop();
        Assert.Equal(("{ not yet", "them"), (session.Draft.Arguments, session.Draft.Owner));
    }
}
