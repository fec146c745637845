using Npgsql;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Web.Schedules.Runner;

public sealed class RunnerFaultTests : IAsyncLifetime
{
    private static readonly ScheduleTiming EverySecond = new() { Every = [new ScheduleInterval(1)] };

    private readonly RunnerSpace _space = new();

    public ValueTask InitializeAsync() => _space.InitializeAsync();

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task Leaders_that_are_killed_in_the_middle_leave_no_moment_out_and_fire_none_twice()
    {
        await _space.CreateManyAsync(20, EverySecond);
        var leader = _space.Start();
        for (var kills = 0; kills < 3; kills++)
        {
            await _space.HeldByAsync(leader);
            var next = _space.Start();
            var fires = (await _space.LedgerAsync()).Count + 60;
            await _space.LedgerWhenAsync(rows => rows.Count >= fires);
            await leader.KillAsync();
            leader = next;
        }
        var before = (await _space.LedgerAsync()).Count;
        await _space.LedgerWhenAsync(rows => rows.Count >= before + 100 && rows.All(row => row.State is OccurrenceState.Ran or OccurrenceState.Late));
        await leader.StopAsync();

        await AssertEachMomentIsOneJobAsync();
        Assert.Equal(4, (await _space.Store.GetLeaseAsync(RunnerSpace.Cancel)).Epoch);
    }

    [Fact]
    public async Task An_orderly_stop_hands_over_without_waiting_for_the_end_of_the_lease()
    {
        await _space.CreateAsync(EverySecond);
        var first = _space.Start();
        await _space.LedgerWhenAsync(rows => rows.Count > 0);

        await first.StopAsync();

        Assert.Equal("", (await _space.Store.GetLeaseAsync(RunnerSpace.Cancel)).Holder);
        var second = _space.Start();
        var count = (await _space.LedgerAsync()).Count;
        await _space.LedgerWhenAsync(rows => rows.Count > count);
        Assert.Equal(second.Holder, (await _space.Store.GetLeaseAsync(RunnerSpace.Cancel)).Holder);
    }

    [Fact]
    public async Task A_runner_whose_lease_was_taken_stops_and_its_successor_goes_on()
    {
        await _space.CreateManyAsync(5, EverySecond);
        var first = _space.Start();
        await _space.LedgerWhenAsync(rows => rows.Count > 0);

        // As if it had been stopped by the machine for longer than the lease; in one step, because it is alive and renews.
        await _space.RunSqlAsync("""UPDATE "RunnerLease" SET "Holder" = 'successor', "Epoch" = 2, "ExpiresAt" = clock_timestamp() + interval '60 seconds'""");

        await _space.LoggedAsync("does not run the schedules any more");
        var ended = (await _space.LedgerAsync()).Count;
        await _space.Store.ReleaseAsync(2, RunnerSpace.Cancel);
        await _space.LedgerWhenAsync(rows => rows.Count > ended + 5 && rows.All(row => row.State == OccurrenceState.Ran));
        await first.StopAsync();
        await AssertEachMomentIsOneJobAsync();
    }

    [Fact]
    public async Task What_was_claimed_and_not_enqueued_by_a_killed_runner_is_enqueued_by_the_next_one()
    {
        await using var proxy = new RedisProxy(TestServers.Redis);
        await _space.CreateManyAsync(10, EverySecond);
        var first = _space.Start(redis: proxy.ConnectionString);
        await _space.LedgerWhenAsync(rows => rows.Any(row => row.State == OccurrenceState.Ran));
        proxy.Cut();
        await _space.LedgerWhenAsync(rows => rows.Count(row => row.State == OccurrenceState.Pending) >= 20);
        await first.KillAsync();

        var second = _space.Start();

        await _space.LedgerWhenAsync(rows => rows.All(row => row.State == OccurrenceState.Ran));
        await second.StopAsync();
        await AssertEachMomentIsOneJobAsync();
    }

    [Fact]
    public async Task Redis_that_was_away_gets_every_job_once_whatever_its_answers_were()
    {
        await using var proxy = new RedisProxy(TestServers.Redis);
        await _space.CreateManyAsync(10, EverySecond);
        var runner = _space.Start(redis: proxy.ConnectionString);
        await _space.LedgerWhenAsync(rows => rows.Any(row => row.State == OccurrenceState.Ran));

        // The jobs are made, and nobody hears of it.
        proxy.HoldAnswers();
        await _space.LedgerWhenAsync(rows => rows.Count(row => row.State == OccurrenceState.Pending) >= 20);
        proxy.Cut();
        await _space.LedgerWhenAsync(rows => rows.Count(row => row.State == OccurrenceState.Pending) >= 40);
        proxy.Heal();

        await _space.LedgerWhenAsync(rows => rows.Count > 0 && rows.All(row => row.State == OccurrenceState.Ran));
        await runner.StopAsync();
        await AssertEachMomentIsOneJobAsync();
    }

    [Fact]
    public async Task A_database_that_was_away_finds_its_fires_going_on()
    {
        var server = new NpgsqlConnectionStringBuilder(_space.Postgres);
        await using var proxy = new TcpProxy(server.Host!, server.Port);
        (server.Host, server.Port) = ("127.0.0.1", proxy.Port);
        await _space.CreateManyAsync(10, EverySecond);
        var runner = _space.Start(postgres: server.ConnectionString);
        await _space.LedgerWhenAsync(rows => rows.Count >= 20);

        // First its answers are lost, and then it is gone.
        proxy.HoldAnswers();
        await _space.LoggedAsync("could not be renewed");
        proxy.Cut();
        var count = (await _space.LedgerAsync()).Count;
        await _space.LoggedAsync("Schedules wait for PostgreSQL");
        proxy.Heal();

        await _space.LedgerWhenAsync(rows => rows.Count >= count + 40 && rows.All(row => row.State == OccurrenceState.Ran));
        await runner.StopAsync();
        await AssertEachMomentIsOneJobAsync();
    }

    [Fact]
    public async Task A_clock_that_is_put_back_fires_nothing_twice_and_put_forward_does_what_the_policy_says()
    {
        var schedule = await _space.CreateAsync(EverySecond, definition => definition with { GraceSeconds = 30 });
        var runner = _space.Start();
        var before = (await _space.LedgerWhenAsync(rows => rows.Count >= 3))[^1].NominalAt;

        _space.Time.Step(TimeSpan.FromHours(-1));
        _space.Time.Step(TimeSpan.FromHours(2));

        var ledger = await _space.LedgerWhenAsync(rows => rows.Any(row => row.NominalAt > before.AddMinutes(59) && row.State == OccurrenceState.Ran));
        await runner.StopAsync();
        Assert.Contains(ledger, row => row.State == OccurrenceState.Missed);
        Assert.Equal(ledger.Count, ledger.Select(row => row.NominalAt).Distinct().Count());
        Assert.All(ledger.Where(row => row.State == OccurrenceState.Ran), row => Assert.Equal(schedule.Id, row.ScheduleId));
        await AssertJobsAreThoseOfTheLedgerAsync();
    }

    private async Task AssertEachMomentIsOneJobAsync()
    {
        var ledger = await _space.LedgerAsync();
        foreach (var moments in ledger.GroupBy(row => row.ScheduleId).Select(rows => rows.Select(row => row.NominalAt).ToList()))
            Assert.Equal(Enumerable.Range(0, moments.Count).Select(second => moments[0].AddSeconds(second)), moments);
        await AssertJobsAreThoseOfTheLedgerAsync();
    }

    private async Task AssertJobsAreThoseOfTheLedgerAsync()
    {
        // At the stop some may be claimed and not enqueued yet, or enqueued and not marked: those two never differ by more.
        var ledger = await _space.LedgerAsync();
        var jobs = await _space.JobsAsync();
        Assert.Equal(jobs.Count, jobs.Distinct().Count());
        Assert.Empty(ledger.Where(row => row.EnqueuedAt is not null).Select(row => row.Identity.JobId).Except(jobs));
        Assert.Empty(jobs.Except(ledger.Where(row => row.EnqueuedAt is not null || row.State == OccurrenceState.Pending).Select(row => row.Identity.JobId)));
    }
}
