using OpsConsole.Data.Schedules;
using static OpsConsole.Data.Schedules.OccurrenceState;

namespace OpsConsole.Tests.Web.Schedules.Runner;

/// <summary>Nobody runs the schedules for two hours of simulated time, on real servers.</summary>
public sealed class LongOutageTests : IAsyncLifetime
{
    private static readonly ScheduleTiming EveryMinute = new() { Every = [new ScheduleInterval(60)] };

    private readonly RunnerSpace _space = new();

    public ValueTask InitializeAsync() => _space.InitializeAsync();

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task The_ledger_has_the_counts_that_each_policy_says()
    {
        var skip = await CreateAsync(new CatchUp());
        var latest = await CreateAsync(new CatchUp { Mode = CatchUpMode.Latest });
        var all = await CreateAsync(new CatchUp { Mode = CatchUpMode.All });
        var few = await CreateAsync(new CatchUp { Mode = CatchUpMode.All, Limit = 10 });
        var first = _space.Start();
        await RunnerSpace.UntilAsync(async () => (await _space.Schedules.GetAsync(few.Id, RunnerSpace.Cancel))!.Cursor!.NextNominalAt is not null);
        await RunnerSpace.UntilAsync(async () => (await _space.Schedules.GetAsync(skip.Id, RunnerSpace.Cancel))!.Cursor!.NextNominalAt is not null);
        await first.KillAsync();

        _space.Time.Step(TimeSpan.FromHours(2));
        _space.Start();

        var ledger = await _space.LedgerWhenAsync(rows => rows.Count(row => row.State == Late) == 1 + 59 + 10 && rows.Where(row => row.ScheduleId == skip.Id).Any(row => row.State == Ran));
        var overdue = ledger.Count(row => row.ScheduleId == skip.Id && row.State == Missed);
        Assert.InRange(overdue, 118, 121);
        Assert.Equal((overdue - 1, 1), Counts(ledger, latest));
        Assert.Equal((overdue - 59, 59), Counts(ledger, all));
        Assert.Equal((overdue - 10, 10), Counts(ledger, few));
        Assert.All(ledger.Where(row => row.State == Missed), row => Assert.Contains("overdue", row.Cause));
        var jobs = await _space.JobsAsync();
        Assert.Empty(ledger.Where(row => row.EnqueuedAt is not null).Select(row => row.Identity.JobId).Except(jobs));
        Assert.Equal(jobs.Count, jobs.Distinct().Count());
    }

    private static (int Missed, int Late) Counts(IReadOnlyList<Occurrence> ledger, Schedule schedule) =>
        (ledger.Count(row => row.ScheduleId == schedule.Id && row.State == Missed), ledger.Count(row => row.ScheduleId == schedule.Id && row.State == Late));

    private Task<Schedule> CreateAsync(CatchUp catchUp) => _space.CreateAsync(EveryMinute, definition => definition with { CatchUp = catchUp });
}
