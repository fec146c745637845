using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public sealed class RunnerStoreTests(DataSpace space) : IClassFixture<DataSpace>, IAsyncLifetime
{
    private long _epoch;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RunnerStore Store => space.Get<RunnerStore>();

    private ScheduleStore Schedules => space.Get<ScheduleStore>();

    private LedgerStore Ledger => space.Get<LedgerStore>();

    private DateTimeOffset Now => space.Time.GetUtcNow();

    public async ValueTask InitializeAsync() => _epoch = (await Store.TryAcquireAsync("test", 600, Cancel))!.Value;

    public async ValueTask DisposeAsync() => await Store.ReleaseAsync(_epoch, CancellationToken.None);

    [Fact]
    public async Task A_fire_is_enqueued_and_settled()
    {
        var schedule = await Schedules.ScheduleAsync();
        var occurrence = Some.Planned(schedule.Id, Now);

        var fired = await Store.FireAsync(_epoch, [Some.Fire(schedule.Id, Now, Now.AddDays(1), occurrence)], Cancel);
        Assert.Equal([occurrence.Identity], fired.Inserted);
        Assert.Single(await Store.OpenOfAsync([schedule.Id], 10, Cancel));
        Assert.True(await Store.MarkEnqueuedAsync(_epoch, [new(occurrence.Identity, OccurrenceState.Ran, Now, null, true)], Cancel));
        Assert.True(await Store.SettleAsync(_epoch, [new(occurrence.Identity, JobOutcome.Failed, Now, Now.AddSeconds(3), 2, false, 1)], Cancel));

        Assert.Empty(await Store.OpenOfAsync([schedule.Id], 10, Cancel));
        var cursor = (await Schedules.GetAsync(schedule.Id, Cancel))!.Cursor!;
        Assert.Equal((Now.AddDays(1), JobOutcome.Failed, 1, 1L), (cursor.NextDueAt, cursor.LastOutcome, cursor.FailuresInRow, cursor.Runs));
        var row = await Ledger.GetAsync(occurrence.Identity, Cancel);
        Assert.Equal((OccurrenceState.Ran, JobOutcome.Failed, 2, false), (row!.State, row.Outcome, row.Attempts, row.IsOpen));
    }

    [Fact]
    public async Task A_moment_that_is_fired_twice_stands_in_the_ledger_once()
    {
        var schedule = (await Schedules.ScheduleAsync()).Id;
        var (first, second) = (Some.Planned(schedule, Now), Some.Planned(schedule, Now.AddMinutes(1)));

        await Store.FireAsync(_epoch, [Some.Fire(schedule, Now, null, first)], Cancel);
        var again = await Store.FireAsync(_epoch, [Some.Fire(schedule, Now, null, first, second, second)], Cancel);

        Assert.Equal([second.Identity], again.Inserted);
        Assert.Equal(2, (await Ledger.ListAsync(schedule, new LedgerQuery(), Cancel)).Items.Count);
    }

    [Fact]
    public async Task Identities_survive_the_precision_of_the_database()
    {
        var schedule = (await Schedules.ScheduleAsync()).Id;
        var occurrence = Some.Planned(schedule, Now.AddTicks(12_345_678));

        var fired = await Store.FireAsync(_epoch, [Some.Fire(schedule, Now, null, occurrence)], Cancel);

        Assert.Equal([occurrence.Identity], fired.Inserted);
        var found = OccurrenceId.OfJob(occurrence.Identity.JobId)!.Value;
        Assert.Equal(occurrence.Identity, found);
        Assert.NotNull(await Ledger.GetAsync(found, Cancel));
    }

    [Fact]
    public async Task The_last_outcome_of_a_batch_is_the_one_that_counts()
    {
        var schedule = (await Schedules.ScheduleAsync()).Id;
        var (first, second) = (Some.Planned(schedule, Now), Some.Planned(schedule, Now.AddMinutes(1)));
        await Store.FireAsync(_epoch, [Some.Fire(schedule, Now, null, first, second)], Cancel);

        await Store.SettleAsync(_epoch,
        [
            new(second.Identity, JobOutcome.Failed, Now, Now, 1, false, 1),
            new(first.Identity, JobOutcome.Failed, Now, Now, 1, true, 2),
            new(first.Identity, JobOutcome.Succeeded, Now, Now, 2, false, 0),
        ], Cancel);

        var cursor = (await Schedules.GetAsync(schedule, Cancel))!.Cursor!;
        Assert.Equal((JobOutcome.Succeeded, 0), (cursor.LastOutcome, cursor.FailuresInRow));
        Assert.Equal((JobOutcome.Succeeded, 2), ((await Ledger.GetAsync(first.Identity, Cancel))!.Outcome, (await Ledger.GetAsync(first.Identity, Cancel))!.Attempts));
    }

    [Fact]
    public async Task Batches_with_rows_in_common_do_not_block_each_other()
    {
        var made = await Schedules.ImportAsync([.. Enumerable.Range(0, 300).Select(_ => new ScheduleImport(Some.Definition()))], null, Some.Ada, Cancel);
        Occurrence[] rows = [.. made.Ids.Select(id => Some.Planned(id, Now))];
        await Store.FireAsync(_epoch, [.. rows.Select(o => Some.Fire(o.ScheduleId, Now, null, o))], Cancel);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 3) switch
        {
            0 => Store.FireAsync(_epoch, [.. rows.Reverse().Select(o => Some.Fire(o.ScheduleId, Now, Now.AddMinutes(i)))], Cancel),
            1 => (Task)Store.SettleAsync(_epoch, [.. rows.Select(o => new SettledRow(o.Identity, JobOutcome.Failed, Now, Now, i, false, i))], Cancel),
            _ => Store.MarkEnqueuedAsync(_epoch, [.. rows.Reverse().Select(o => new EnqueuedRow(o.Identity, OccurrenceState.Ran, Now, null, true))], Cancel),
        }));

        Assert.All(await Schedules.GetManyAsync(made.Ids, Cancel), s => Assert.NotNull(s.Cursor!.NextDueAt));
    }

    [Fact]
    public async Task What_is_loaded_has_definition_and_cursor()
    {
        var schedule = await Schedules.ScheduleAsync();

        var row = Assert.Single(await Store.LoadAsync(Cancel).Where(r => r.Id == schedule.Id).ToListAsync(Cancel));

        Assert.True(ScheduleJson.Same(schedule.Definition, ScheduleJson.Read(row.Definition)));
        Assert.Equal((1, 0, false, schedule.Name), (row.Version, row.Cursor.Version, row.IsDeleted, row.Name));
        Assert.Equal(row, Assert.Single(await Store.LoadAsync([schedule.Id], Cancel).ToListAsync(Cancel)) with { Cursor = row.Cursor });
    }

    [Fact]
    public async Task What_has_to_be_planned_anew_comes_with_what_it_was_planned_by()
    {
        var schedule = await Schedules.ScheduleAsync();
        Assert.Null((await RowAsync()).DefinedAt);
        Assert.Null((await RowAsync()).PlannedDefinition);

        await Store.FireAsync(_epoch, [Some.Fire(schedule.Id, Now, null)], Cancel);
        Assert.Equal((null, null), ((await RowAsync()).DefinedAt, (await RowAsync()).PlannedDefinition));

        await Schedules.SaveAsync(schedule.Id, 1, schedule.Definition with { Description = "new" }, Some.Ada, cancel: Cancel);
        var row = await RowAsync();
        Assert.Equal(Now, row.DefinedAt);
        Assert.True(ScheduleJson.Same(schedule.Definition, ScheduleJson.Read(row.PlannedDefinition!)));

        async Task<RunnerRow> RowAsync() => Assert.Single(await Store.LoadAsync([schedule.Id], Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Deleted_schedules_are_not_loaded_but_are_changes()
    {
        var before = (await Schedules.ScheduleAsync()).UpdatedAt;
        var (edited, deleted) = (await Schedules.ScheduleAsync(), await Schedules.ScheduleAsync());
        await Schedules.SaveAsync(edited.Id, 1, edited.Definition with { Description = "new" }, Some.Ada, cancel: Cancel);
        await Schedules.DeleteAsync([deleted.Id], Cancel);

        var changes = await Store.ChangedSinceAsync(before, Cancel).ToDictionaryAsync(r => r.Id, cancellationToken: Cancel);

        Assert.Equal((2, false, true), (changes[edited.Id].Version, changes[edited.Id].IsDeleted, changes[deleted.Id].IsDeleted));
        Assert.DoesNotContain(await Store.LoadAsync(Cancel).ToListAsync(Cancel), r => r.Id == deleted.Id);
        Assert.Empty(await Store.ChangedSinceAsync(before.AddHours(1), Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Open_occurrences_come_in_pages()
    {
        var schedule = (await Schedules.ScheduleAsync()).Id;
        Occurrence[] rows = [.. Enumerable.Range(0, 5).Select(i => Some.Planned(schedule, Now.AddMinutes(i))), Some.Planned(schedule, Now.AddHours(1), OccurrenceState.Skipped)];
        await Store.FireAsync(_epoch, [Some.Fire(schedule, Now, null, rows)], Cancel);

        var seen = new List<OccurrenceId>();
        IReadOnlyList<Occurrence> page;
        OccurrenceId? after = null;
        while ((page = await Store.OpenAsync(after, 2, Cancel)).Count > 0)
        {
            seen.AddRange(page.Select(o => o.Identity));
            after = seen[^1];
        }

        Assert.Equal(rows[..5].Select(o => o.Identity), seen.Where(id => id.ScheduleId == schedule));
        Assert.Distinct(seen);
    }

    [Fact]
    public async Task Old_occurrences_go_unless_they_are_open()
    {
        var schedule = (await Schedules.ScheduleAsync()).Id;
        var old = Now.AddDays(-100);
        await Store.FireAsync(_epoch, [Some.Fire(schedule, Now, null,
            Some.Planned(schedule, old), Some.Planned(schedule, old.AddMinutes(1), OccurrenceState.Skipped), Some.Planned(schedule, old.AddMinutes(2), OccurrenceState.Skipped),
            Some.Planned(schedule, Now, OccurrenceState.Skipped))], Cancel);

        Assert.Equal(1, await Store.PruneAsync(Now.AddDays(-90), 1, Cancel));
        Assert.Equal(1, await Store.PruneAsync(Now.AddDays(-90), 100, Cancel));
        Assert.Equal(0, await Store.PruneAsync(Now.AddDays(-90), 100, Cancel));

        Assert.Equal([Now, old], (await Ledger.ListAsync(schedule, new LedgerQuery(), Cancel)).Items.Select(o => o.NominalAt));
    }

    [Fact]
    public async Task A_request_keeps_who_wanted_it_and_with_what()
    {
        var schedule = (await Schedules.ScheduleAsync()).Id;
        var request = new Occurrence
        {
            ScheduleId = schedule,
            NominalAt = Now,
            Origin = Guid.NewGuid(),
            Kind = OccurrenceKind.Manual,
            DueAt = Now,
            Version = 1,
            RecordedAt = Now,
            IsOpen = true,
            Arguments = """{"text":"\u0000<b>"}""",
            RequestedBy = "a\0da",
        };

        await Store.RequestAsync([request], null, Cancel);

        var open = Assert.Single(await Store.OpenOfAsync([schedule], 10, Cancel));
        Assert.Equal((request.Identity, OccurrenceKind.Manual, OccurrenceState.Pending, request.Arguments, "a\uFFFDda"),
            (open.Identity, open.Kind, open.State, open.Arguments, open.RequestedBy));
    }
}
