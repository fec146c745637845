using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Web.Schedules.Runner;

public sealed class ScheduleRunnerTests : IAsyncLifetime
{
    private static readonly ScheduleTiming EverySecond = new() { Every = [new ScheduleInterval(1)] };
    private static readonly ScheduleTiming OnceAYear = new() { Cron = ["0 0 1 1 *"] };

    private readonly RunnerSpace _space = new();

    public ValueTask InitializeAsync() => _space.InitializeAsync();

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task A_due_moment_becomes_one_job_under_the_id_of_its_occurrence()
    {
        var schedule = await _space.CreateAsync(EverySecond);
        _space.Start();

        var ledger = await _space.LedgerWhenAsync(rows => rows.Count(row => row.EnqueuedAt is not null) >= 3);

        var made = ledger.Where(row => row.EnqueuedAt is not null).ToList();
        Assert.All(made, row => Assert.Equal((OccurrenceState.Ran, OccurrenceKind.Planned, 1), (row.State, row.Kind, row.Version)));
        var jobs = await _space.JobsAsync();
        Assert.All(made, row => Assert.Single(jobs, id => id == row.Identity.JobId));
        var job = await _space.Jobs.Inspector.GetJobAsync(made[0].Identity.JobId, RunnerSpace.Cancel);
        Assert.Equal("Schedule " + schedule.Name, job!.Job.Reason);
    }

    [Fact]
    public async Task An_edit_is_in_force_without_being_asked_for()
    {
        var schedule = await _space.CreateAsync(OnceAYear);
        var other = await _space.CreateAsync(EverySecond);
        _space.Start();
        await _space.LedgerWhenAsync(rows => rows.Count > 0, other.Id);

        await _space.Schedules.SaveAsync(schedule.Id, 1, schedule.Definition with { When = EverySecond }, new ScheduleAuthor("ada", null), cancel: RunnerSpace.Cancel);

        var ledger = await _space.LedgerWhenAsync(rows => rows.Count > 0, schedule.Id);
        Assert.All(ledger, row => Assert.Equal(2, row.Version));
        Assert.DoesNotContain(ledger, row => row.State == OccurrenceState.Missed);
    }

    [Fact]
    public async Task A_schedule_that_is_made_paused_resumed_and_deleted_is_followed()
    {
        _space.Start();
        var schedule = await _space.CreateAsync(EverySecond);
        await _space.LedgerWhenAsync(rows => rows.Count > 0);

        await _space.Schedules.PauseAsync([schedule.Id], "ada", "for a test", cancel: RunnerSpace.Cancel);
        await _space.LedgerWhenAsync(rows => rows.Any(row => row.State == OccurrenceState.Paused));
        await _space.Schedules.ResumeAsync([schedule.Id], RunnerSpace.Cancel);
        await _space.LedgerWhenAsync(rows => rows[^1].State == OccurrenceState.Ran && rows.Any(row => row.State == OccurrenceState.Paused));
        await _space.Schedules.DeleteAsync([schedule.Id], RunnerSpace.Cancel);
        await RunnerSpace.UntilAsync(async () => (await _space.Store.GetLeaseAsync(RunnerSpace.Cancel)).Schedules == 0);
    }

    [Fact]
    public async Task A_run_by_hand_is_made_at_once_with_its_own_arguments()
    {
        var schedule = await _space.CreateAsync(OnceAYear);
        var other = await _space.CreateAsync(EverySecond);
        _space.Start();
        await _space.LedgerWhenAsync(rows => rows.Count > 0, other.Id);
        var now = _space.Time.GetUtcNow();
        var run = new Occurrence
        {
            ScheduleId = schedule.Id,
            NominalAt = now,
            Origin = Guid.NewGuid(),
            Kind = OccurrenceKind.Manual,
            DueAt = now,
            RecordedAt = now,
            Version = 1,
            IsOpen = true,
            RequestedBy = "ada",
            Arguments = """{"number":7,"text":"by hand"}""",
        };

        await _space.Store.RequestAsync([run], cancel: RunnerSpace.Cancel);

        var made = (await _space.LedgerWhenAsync(rows => rows.Any(row => row.EnqueuedAt is not null), schedule.Id))[0];
        var job = await _space.Jobs.Inspector.GetJobAsync(made.Identity.JobId, RunnerSpace.Cancel);
        Assert.Equal("7", job!.Job.Arguments[0].Json);
    }

    [Fact]
    public async Task A_schedule_that_cannot_be_run_says_so_and_stops_no_other()
    {
        var broken = await _space.CreateAsync(EverySecond);
        var unreadable = await _space.CreateAsync(EverySecond);
        var sound = await _space.CreateAsync(EverySecond);
        await _space.DefineAsync(broken.Id, """{"name":"x","job":{"type":"sample.add"},"when":{"timeZone":"No/Where","every":[{"seconds":1}]}}""");
        await _space.DefineAsync(unreadable.Id, """{"when":7}""");
        _space.Start();

        await _space.LedgerWhenAsync(rows => rows.Count(row => row.State == OccurrenceState.Ran) >= 2, sound.Id);

        Assert.Contains("No/Where", (await _space.LedgerWhenAsync(rows => rows.Count == 1, broken.Id))[0].Cause, StringComparison.Ordinal);
        Assert.Equal(OccurrenceState.FailedToEnqueue, (await _space.LedgerWhenAsync(rows => rows.Count == 1, unreadable.Id))[0].State);
    }

    [Fact]
    public async Task A_job_type_that_nobody_knows_is_a_failure_in_the_ledger()
    {
        await _space.CreateAsync(EverySecond, definition => definition with { Job = new ScheduledJob { Type = "sample.unknown" } });
        _space.Start();

        var ledger = await _space.LedgerWhenAsync(rows => rows.Any(row => row.State == OccurrenceState.FailedToEnqueue));

        var failed = ledger.First(row => row.State == OccurrenceState.FailedToEnqueue);
        Assert.False(failed.IsOpen);
        Assert.Contains("sample.unknown", failed.Cause, StringComparison.Ordinal);
    }
}
