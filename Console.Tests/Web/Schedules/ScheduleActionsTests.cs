using System.Text.Json;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules;

namespace OpsConsole.Tests.Web.Schedules;

public sealed class ScheduleActionsTests : IAsyncLifetime
{
    private const string Reason = "because the test says so";

    private readonly ScheduleSite _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleActions Actions => _site.Actions;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_viewer_can_do_nothing_at_all()
    {
        var viewer = await _site.UserAsync(OperatorRole.Viewer);
        var id = (await _site.AddAsync("nightly")).Id;
        var now = DateTimeOffset.UtcNow;

        ScheduleResult[] results =
        [
            await Actions.SaveAsync(viewer, null, null, ScheduleSite.Definition("mine"), Reason, Cancel),
            await Actions.SaveAsync(viewer, id, 1, ScheduleSite.Definition("mine"), Reason, Cancel),
            await Actions.RestoreAsync(viewer, id, 1, Reason, cancel: Cancel),
            await Actions.PauseAsync(viewer, [id], Reason, null, Cancel),
            await Actions.ResumeAsync(viewer, [id], Reason, Cancel),
            await Actions.DeleteAsync(viewer, [id], Reason, Cancel),
            await Actions.TriggerAsync(viewer, [id], null, Reason, Cancel),
            await Actions.BackfillAsync(viewer, id, now.AddDays(-2), now, OverlapPolicy.Skip, Reason, Cancel),
            await Actions.AcknowledgeMissedAsync(viewer, [id], now, Reason, Cancel),
            await Actions.SaveCalendarAsync(viewer, new ScheduleCalendar { Name = "holidays" }, null, Reason, Cancel),
            await Actions.DeleteCalendarAsync(viewer, "holidays", Reason, Cancel),
        ];

        Assert.All(results, result => Assert.StartsWith("Your role does not permit this", result.Message, StringComparison.Ordinal));
        Assert.Equal(results.Length, (await _site.EntriesAsync()).Count(entry => entry.Result == AuditResult.Refused));
        Assert.Equal(("nightly", 1, null, null), (await _site.Store.GetAsync(id, Cancel)) is { } left ? (left.Name, left.Version, left.PausedAt, left.DeletedAt) : default);
        Assert.Empty(await _site.OccurrencesAsync());
    }

    [Fact]
    public async Task An_edit_is_a_version_and_its_difference_is_on_record()
    {
        var user = await _site.UserAsync();
        var made = (await Actions.SaveAsync(user, null, null, ScheduleSite.Definition("nightly"), null, Cancel)).Schedule!;

        var saved = await Actions.SaveAsync(user, made.Id, 1, made.Definition with { Owner = "billing", When = made.Definition.When with { Cron = ["30 2 * * *"] } }, "quieter then", Cancel);

        Assert.Equal((true, "Saved as version 2.", 2), (saved.Accepted, saved.Message, saved.Schedule?.Version));
        var entry = Assert.Single(await _site.EntriesAsync(), entry => entry.Kind == AuditKinds.EditSchedule);
        Assert.Equal(("nightly", AuditResult.Done, "quieter then"), (entry.Target, entry.Result, entry.Reason));
        Assert.Equal([made.Id.ToString("D")], entry.Targets);
        using var details = JsonDocument.Parse(entry.Details!);
        Assert.Equal(["owner: (none) → billing", "when.cron: 0 2 * * * → 30 2 * * *"], details.RootElement.GetProperty("changes").EnumerateArray().Select(line => line.GetString()));
    }

    [Fact]
    public async Task The_second_of_two_editors_sees_both_and_overwrites_nothing()
    {
        var (first, second) = (await _site.UserAsync(), await _site.UserAsync());
        var made = await _site.AddAsync("nightly");
        await Actions.SaveAsync(first, made.Id, 1, made.Definition with { Owner = "first" }, null, Cancel);

        var refused = await Actions.SaveAsync(second, made.Id, 1, made.Definition with { Owner = "second" }, null, Cancel);

        Assert.Equal((false, "first"), (refused.Accepted, refused.Conflict?.Definition.Owner));
        Assert.Contains("has saved version 2 meanwhile", refused.Message, StringComparison.Ordinal);
        Assert.Equal("first", (await _site.Store.GetAsync(made.Id, Cancel))!.Definition.Owner);
    }

    [Fact]
    public async Task A_wrong_definition_is_refused_with_every_problem()
    {
        var user = await _site.UserAsync();
        await _site.AddAsync("Nightly");

        var refused = await Actions.SaveAsync(user, null, null, ScheduleSite.Definition("nightly") with
        {
            When = new ScheduleTiming { TimeZone = "Europe/Atlantis", Cron = ["0 25 * * *"], Every = [new ScheduleInterval(0)], Start = new DateTime(2027, 2, 1), End = new DateTime(2027, 1, 1) },
        }, null, Cancel);

        Assert.False(refused.Accepted);
        Assert.Superset(new HashSet<string> { "name", "when.timeZone", "when.cron[0]", "when.every[0].seconds", "when.end" }, refused.Problems.Select(problem => problem.Path).ToHashSet());
        Assert.NotNull(refused.Problems.First(problem => problem.Path == "when.cron[0]").Position);
    }

    [Fact]
    public async Task An_earlier_version_is_restored_as_a_new_one()
    {
        var user = await _site.UserAsync();
        var made = await _site.AddAsync("nightly");
        await Actions.SaveAsync(user, made.Id, 1, made.Definition with { Owner = "billing" }, null, Cancel);

        var restored = await Actions.RestoreAsync(user, made.Id, 1, "billing did not want it", cancel: Cancel);

        Assert.Equal(("Version 1 is restored as version 3.", ""), (restored.Message, restored.Schedule?.Definition.Owner));
        Assert.Equal(1, (await _site.Store.GetVersionAsync(made.Id, 3, Cancel))!.RestoredFrom);
        Assert.Contains("There is no version 9", (await Actions.RestoreAsync(user, made.Id, 9, null, cancel: Cancel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedules_are_paused_with_a_note_and_resumed_and_what_refuses_is_named()
    {
        var user = await _site.UserAsync();
        var (one, two) = (await _site.AddAsync("one"), await _site.AddAsync("two"));

        Assert.Contains("Give a reason", (await Actions.PauseAsync(user, [one.Id], "no", null, Cancel)).Message, StringComparison.Ordinal);
        Assert.Contains("end in the past", (await Actions.PauseAsync(user, [one.Id], Reason, DateTimeOffset.UtcNow.AddMinutes(-1), Cancel)).Message, StringComparison.Ordinal);
        var paused = await Actions.PauseAsync(user, [one.Id, one.Id], Reason, DateTimeOffset.UtcNow.AddHours(1), Cancel);
        var resumed = await Actions.ResumeAsync(user, [one.Id, two.Id], null, Cancel);

        Assert.Equal("one is paused.", paused.Message);
        Assert.Equal((Reason, true), (paused.Schedule!.PauseNote, paused.Schedule.PausedUntil is not null));
        Assert.Equal((1, 1, "two"), (resumed.Done, resumed.Refused, Assert.Single(resumed.Refusals).Target));
        Assert.Equal(AuditResult.Partial, Assert.Single(await _site.EntriesAsync(), entry => entry.Kind == AuditKinds.ResumeSchedules).Result);
    }

    [Fact]
    public async Task A_deleted_schedule_frees_its_name_and_refuses_acts()
    {
        var user = await _site.UserAsync();
        var made = await _site.AddAsync("nightly");

        var deleted = await Actions.DeleteAsync(user, [made.Id], Reason, Cancel);

        Assert.Equal("nightly is deleted.", deleted.Message);
        Assert.Contains("no such schedule", (await Actions.TriggerAsync(user, [made.Id], cancel: Cancel)).Message, StringComparison.Ordinal);
        Assert.Contains("no such schedule", (await Actions.SaveAsync(user, made.Id, 1, made.Definition with { Owner = "x" }, null, Cancel)).Message, StringComparison.Ordinal);
        Assert.True((await Actions.SaveAsync(user, null, null, ScheduleSite.Definition("nightly"), null, Cancel)).Accepted);
    }

    [Fact]
    public async Task A_run_by_hand_is_in_the_ledger_with_who_asked_and_its_own_arguments()
    {
        var user = await _site.UserAsync();
        var made = await _site.AddAsync("nightly");

        var asked = await Actions.TriggerAsync(user, [made.Id], """{"month":"july"}""", "end of quarter", Cancel);

        var run = Assert.Single(await _site.OccurrencesAsync());
        Assert.Equal((OccurrenceKind.Manual, OccurrenceState.Pending, true, """{"month":"july"}""", "end of quarter"), (run.Kind, run.State, run.IsOpen, run.Arguments, run.Cause));
        Assert.NotNull(run.RequestedBy);
        Assert.Equal(Assert.Single(asked.Occurrences), new OccurrenceId(run.ScheduleId, run.NominalAt, run.Origin));
        Assert.Contains("waits until one does", asked.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_are_triggered_at_once_but_not_with_other_arguments_or_broken_ones()
    {
        var user = await _site.UserAsync();
        var ids = new[] { (await _site.AddAsync("one")).Id, (await _site.AddAsync("two")).Id };

        Assert.Contains("one schedule at a time", (await Actions.TriggerAsync(user, ids, "{}", null, Cancel)).Message, StringComparison.Ordinal);
        Assert.Equal("job.arguments", Assert.Single((await Actions.TriggerAsync(user, [ids[0]], "{", null, Cancel)).Problems).Path);
        Assert.Empty(await _site.OccurrencesAsync());
        Assert.Equal(2, (await Actions.TriggerAsync(user, ids, null, null, Cancel)).Done);
        Assert.Equal(2, (await _site.OccurrencesAsync()).Count);
    }

    [Fact]
    public async Task A_backfill_runs_the_moments_that_its_preview_counts()
    {
        var user = await _site.UserAsync();
        var made = await _site.AddAsync("nightly");
        var (from, to) = (new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 4, 2, 0, 0, TimeSpan.Zero));

        var preview = await Actions.PreviewBackfillAsync(made.Id, from, to, Cancel);
        var asked = await Actions.BackfillAsync(user, made.Id, from, to, OverlapPolicy.BufferAll, "the disk was full", Cancel);

        Assert.Equal(new BackfillPreview(4, from, to, null), preview);
        Assert.Equal(4, asked.Occurrences.Count);
        var runs = await _site.OccurrencesAsync();
        Assert.Equal([1, 2, 3, 4], runs.Select(run => run.NominalAt.Day));
        Assert.All(runs, run => Assert.Equal((OccurrenceKind.Backfill, true, runs[0].Origin), (run.Kind, run.IsOpen, run.Origin)));
        Assert.Contains("1 past run is asked for. 3 of the 4 moments are skipped", (await Actions.BackfillAsync(user, made.Id, from, to, OverlapPolicy.Skip, null, Cancel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backfill_that_makes_no_sense_is_refused_in_words()
    {
        var user = await _site.UserAsync();
        var made = await _site.AddAsync("busy", definition => definition with { When = new ScheduleTiming { Every = [new ScheduleInterval(1)] } });
        var now = DateTimeOffset.UtcNow;

        Assert.Contains("more than 10,000 moments", (await Actions.BackfillAsync(user, made.Id, now.AddDays(-1), now, OverlapPolicy.Skip, null, Cancel)).Message, StringComparison.Ordinal);
        Assert.Contains("in the future", (await Actions.PreviewBackfillAsync(made.Id, now, now.AddDays(1), Cancel)).Problem, StringComparison.Ordinal);
        Assert.Contains("ends before it begins", (await Actions.PreviewBackfillAsync(made.Id, now, now.AddDays(-1), Cancel)).Problem, StringComparison.Ordinal);
        Assert.True((await Actions.PreviewBackfillAsync(made.Id, now.AddDays(-1), now.AddMinutes(-1), Cancel)).IsTooMany);
        Assert.Empty(await _site.OccurrencesAsync());
    }

    [Fact]
    public async Task What_was_missed_is_acknowledged_once()
    {
        var user = await _site.UserAsync();
        var made = await _site.AddAsync("nightly");
        var through = DateTimeOffset.UtcNow;

        Assert.Equal("What nightly missed is acknowledged.", (await Actions.AcknowledgeMissedAsync(user, [made.Id], through, null, Cancel)).Message);
        Assert.False((await Actions.AcknowledgeMissedAsync(user, [made.Id], through, null, Cancel)).Accepted);
    }

    [Fact]
    public async Task A_calendar_that_schedules_name_is_kept_and_two_editors_of_it_are_told()
    {
        var user = await _site.UserAsync();
        var holidays = new ScheduleCalendar { Name = "holidays", Days = [new CalendarDay(new DateOnly(2026, 12, 25), "Christmas Day")] };

        Assert.True((await Actions.SaveCalendarAsync(user, holidays, null, null, Cancel)).Accepted);
        Assert.Contains("already", (await Actions.SaveCalendarAsync(user, holidays, null, null, Cancel)).Message, StringComparison.Ordinal);
        Assert.True((await Actions.SaveCalendarAsync(user, holidays, 1, null, Cancel)).Accepted);
        Assert.NotNull((await Actions.SaveCalendarAsync(user, holidays, 1, null, Cancel)).CalendarConflict);
        await Actions.SaveAsync(user, null, null, ScheduleSite.Definition("nightly") with { When = new ScheduleTiming { Cron = ["0 2 * * *"], ExceptCalendars = ["holidays"] } }, null, Cancel);
        Assert.Contains("nightly", (await Actions.DeleteCalendarAsync(user, "holidays", null, Cancel)).Message, StringComparison.Ordinal);
    }
}
