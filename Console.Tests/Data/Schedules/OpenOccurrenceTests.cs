using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

/// <summary>What the runner asks about occurrences whose jobs are under way.</summary>
public sealed class OpenOccurrenceTests(DataSpace space) : IClassFixture<DataSpace>, IAsyncLifetime
{
    private long _epoch;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RunnerStore Store => space.Get<RunnerStore>();

    private DateTimeOffset Now => space.Time.GetUtcNow();

    public async ValueTask InitializeAsync() => _epoch = (await Store.TryAcquireAsync("here", 60, Cancel))!.Value;

    public async ValueTask DisposeAsync() => await Store.ReleaseAsync(_epoch, Cancel);

    [Fact]
    public async Task Rows_are_found_by_identity()
    {
        var (one, other) = (await FireAsync(), await FireAsync(expiry: 30, deadline: 60));

        var found = await Store.FindAsync([other.Identity, one.Identity, one.Identity with { Origin = Guid.NewGuid() }], Cancel);

        Assert.Equal([(one.Identity, null), (other.Identity, 30)], found.OrderBy(row => row.ExpirySeconds ?? 0).Select(row => (row.Identity, row.ExpirySeconds)));
    }

    [Fact]
    public async Task A_deadline_is_missed_once_and_by_open_occurrences_only()
    {
        var (open, ended) = (await FireAsync(deadline: 10), await FireAsync(deadline: 10));
        await Store.SettleAsync(_epoch, [new(ended.Identity, JobOutcome.Succeeded, Now, Now, 1, false, 0)], Cancel);
        Assert.DoesNotContain(await Store.PastDeadlineAsync(Now.AddSeconds(9), 10, Cancel), row => row.Identity == open.Identity);

        var late = await Store.PastDeadlineAsync(Now.AddSeconds(10), 10, Cancel);
        Assert.Contains(late, row => row.Identity == open.Identity);
        Assert.DoesNotContain(late, row => row.Identity == ended.Identity);
        Assert.True(await Store.MarkDeadlinesMissedAsync(_epoch, [open.Identity, ended.Identity], "It had not ended.", Cancel));
        Assert.True(await Store.MarkDeadlinesMissedAsync(_epoch, [open.Identity], "It had not ended.", Cancel));

        Assert.DoesNotContain(await Store.PastDeadlineAsync(Now.AddSeconds(10), 10, Cancel), row => row.Identity == open.Identity);
        var rows = (await Store.FindAsync([open.Identity, ended.Identity], Cancel)).ToDictionary(row => row.Identity);
        Assert.Equal((true, "It had not ended.", Now), (rows[open.Identity].IsDeadlineMissed, rows[open.Identity].Cause, rows[open.Identity].MissedAt));
        Assert.False(rows[ended.Identity].IsDeadlineMissed);
    }

    [Fact]
    public async Task A_job_that_has_waited_for_too_long_is_found_until_it_has_started()
    {
        var (waits, starts) = (await FireAsync(expiry: 30), await FireAsync(expiry: 30));
        await Store.MarkEnqueuedAsync(_epoch, [new(waits.Identity, OccurrenceState.Ran, Now, null, true), new(starts.Identity, OccurrenceState.Ran, Now, null, true)], Cancel);
        await Store.SettleAsync(_epoch, [new(starts.Identity, null, Now, null, 1, true, 0)], Cancel);
        Assert.DoesNotContain(await Store.PastExpiryAsync(Now.AddSeconds(29), 10, Cancel), row => row.Identity == waits.Identity);

        var late = await Store.PastExpiryAsync(Now.AddSeconds(30), 10, Cancel);

        Assert.Contains(late, row => row.Identity == waits.Identity);
        Assert.DoesNotContain(late, row => row.Identity == starts.Identity);
    }

    [Fact]
    public async Task A_mark_that_comes_after_the_end_opens_nothing()
    {
        var row = await FireAsync();
        await Store.SettleAsync(_epoch, [new(row.Identity, JobOutcome.Succeeded, Now, Now, 1, false, 0)], Cancel);

        await Store.MarkEnqueuedAsync(_epoch, [new(row.Identity, OccurrenceState.Ran, Now, null, true)], Cancel);

        Assert.Equal((OccurrenceState.Ran, false), Assert.Single(await Store.FindAsync([row.Identity], Cancel)) is var found ? (found.State, found.IsOpen) : default);
    }

    private async Task<Occurrence> FireAsync(int? expiry = null, int? deadline = null)
    {
        var schedule = await space.Get<ScheduleStore>().ScheduleAsync();
        var row = new Occurrence
        {
            ScheduleId = schedule.Id,
            NominalAt = Now,
            DueAt = Now,
            Version = 1,
            RecordedAt = Now,
            State = OccurrenceState.Pending,
            IsOpen = true,
            ExpirySeconds = expiry,
            DeadlineAt = Now.AddSeconds(deadline ?? 86_400),
        };
        Assert.Single((await Store.FireAsync(_epoch, [Some.Fire(schedule.Id, Now, Now.AddDays(1), row)], Cancel)).Inserted);
        return row;
    }
}
