using OpsConsole.Data.Figures.OnTime;
using OpsConsole.Data.History;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Data.Schedules;

namespace OpsConsole.Tests.Data.Figures;

public sealed class OnTimeStoreTests : IAsyncLifetime
{
    private readonly DataSpace _space = new();
    private readonly DateTimeOffset _day;
    private long _epoch;

    public OnTimeStoreTests()
    {
        var now = _space.Time.GetUtcNow();
        _day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private OnTimeStore OnTime => _space.Get<OnTimeStore>();

    private RunnerStore Runner => _space.Get<RunnerStore>();

    public async ValueTask InitializeAsync()
    {
        await _space.InitializeAsync();
        _epoch = (await Runner.TryAcquireAsync("test", 600, Cancel))!.Value;
    }

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task What_ran_within_its_grace_is_on_time_and_what_was_left_out_on_purpose_does_not_count()
    {
        var schedule = await FiredAsync("daily",
            Of(0, OccurrenceState.Ran), Of(1, OccurrenceState.Late), Of(2, OccurrenceState.Missed), Of(3, OccurrenceState.FailedToEnqueue), Of(4, OccurrenceState.Skipped),
            Of(5, OccurrenceState.Paused), Of(6, OccurrenceState.Pending), Of(7, OccurrenceState.Buffered, waited: 60), Of(8, OccurrenceState.Buffered, waited: 61),
            Of(9, OccurrenceState.Buffered), Of(10, OccurrenceState.Ran, kind: OccurrenceKind.Manual));

        var hour = Assert.Single(await OnTime.HoursAsync(_day, _day.AddDays(1), Cancel));

        Assert.Equal(new OnTimeHour(_day, new OnTimeTally(2, 2, 1, 1, 0, 0)), hour);
        Assert.Equal([new ScheduleOnTime(schedule, "daily", "platform", hour.Tally)], await OnTime.SchedulesAsync(_day, _day.AddDays(1), [], 10, Cancel));
    }

    [Fact]
    public async Task A_deadline_is_met_by_success_alone()
    {
        await FiredAsync("deadlines",
            Of(0, OccurrenceState.Ran, deadline: true, outcome: JobOutcome.Succeeded), Of(1, OccurrenceState.Ran, deadline: true, outcome: JobOutcome.Failed),
            Of(2, OccurrenceState.Ran, deadline: true), Of(3, OccurrenceState.Ran, deadline: true, isMissed: true), Of(4, OccurrenceState.Missed, deadline: true),
            Of(5, OccurrenceState.Ran, outcome: JobOutcome.Failed));

        var tally = Assert.Single(await OnTime.HoursAsync(_day, _day.AddDays(1), Cancel)).Tally;

        Assert.Equal((1, 3), (tally.DeadlinesMet, tally.DeadlinesMissed));
    }

    [Fact]
    public async Task Summed_days_say_the_same_as_the_ledger_and_outlive_it()
    {
        var one = await FiredAsync("one", [.. Enumerable.Range(0, 60).Select(i => Of(i * 60, i % 7 == 0 ? OccurrenceState.Missed : OccurrenceState.Ran, outcome: JobOutcome.Succeeded))]);
        var two = await FiredAsync("two", [.. Enumerable.Range(0, 60).Select(i => Of((i * 60) + 1, i % 5 == 0 ? OccurrenceState.Late : OccurrenceState.Ran, outcome: JobOutcome.Succeeded))]);
        // From an odd hour of the first day to an odd hour of the third, as by the zone of a viewer.
        var (from, to) = (_day.AddHours(5), _day.AddHours(51));
        var hours = await OnTime.HoursAsync(from, to, Cancel);
        var schedules = await OnTime.SchedulesAsync(from, to, [two], 1, Cancel);
        Assert.Equal([two, one], schedules.Select(schedule => schedule.ScheduleId));

        _space.Time.Advance(_day.AddDays(2).AddHours(1) - _space.Time.GetUtcNow());
        Assert.Equal(2, await _space.Get<LedgerSums>().SumAsync(Cancel));
        Assert.Equal(0, await _space.Get<LedgerSums>().SumAsync(Cancel));

        Assert.Equal(hours, await OnTime.HoursAsync(from, to, Cancel));
        Assert.Equal(schedules, await OnTime.SchedulesAsync(from, to, [two], 1, Cancel));
        await RunAsync("""DELETE FROM "Occurrences" """);
        Assert.Equal(hours.Where(hour => hour.Hour < _day.AddDays(2)), await OnTime.HoursAsync(from, to, Cancel));
    }

    [Fact]
    public async Task A_day_with_something_open_is_not_summed_and_neither_is_one_that_a_runner_has_yet_to_reach()
    {
        await FiredAsync("open", Of(0, OccurrenceState.Pending));
        _space.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await _space.Get<LedgerSums>().SumAsync(Cancel));

        await RunAsync("""UPDATE "Occurrences" SET "IsOpen" = false; UPDATE "ScheduleCursors" SET "NextDueAt" = (SELECT min("DueAt") + interval '1 hour' FROM "Occurrences")""");
        Assert.Equal(0, await _space.Get<LedgerSums>().SumAsync(Cancel));

        await RunAsync("""UPDATE "ScheduleCursors" SET "NextDueAt" = NULL""");
        Assert.True(await _space.Get<LedgerSums>().SumAsync(Cancel) > 0);
    }

    private Func<Guid, Occurrence> Of(
        int minute, OccurrenceState state, int? waited = null, OccurrenceKind kind = OccurrenceKind.Planned, bool deadline = false, bool isMissed = false, JobOutcome? outcome = null)
    {
        var at = _day.AddMinutes(minute);
        return schedule => new Occurrence
        {
            ScheduleId = schedule,
            NominalAt = at,
            DueAt = at,
            Kind = kind,
            Origin = kind == OccurrenceKind.Planned ? Guid.Empty : Guid.NewGuid(),
            Version = 1,
            RecordedAt = _day,
            State = state,
            EnqueuedAt = waited is { } seconds ? at.AddSeconds(seconds) : null,
            DeadlineAt = deadline ? at.AddHours(1) : null,
            IsDeadlineMissed = isMissed,
            Outcome = outcome,
            IsOpen = outcome is null && state is OccurrenceState.Pending,
        };
    }

    private async Task<Guid> FiredAsync(string name, params Func<Guid, Occurrence>[] rows)
    {
        var schedule = (await _space.Get<ScheduleStore>().ScheduleAsync(name)).Id;
        await Runner.FireAsync(_epoch, [Some.Fire(schedule, _day, null)], Cancel);
        await using var context = _space.Context();
        context.AddRange(rows.Select(row => row(schedule)));
        await context.SaveChangesAsync(Cancel);
        return schedule;
    }

    private async Task RunAsync(string statement)
    {
        await using var command = _space.Get<HistoryDatabase>().Writing.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
