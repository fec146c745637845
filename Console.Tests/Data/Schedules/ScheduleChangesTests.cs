using Npgsql;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public sealed class ScheduleChangesTests(DataSpace space) : IClassFixture<DataSpace>, IAsyncLifetime
{
    private IAsyncEnumerator<ScheduleChange> _changes = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleStore Store => space.Get<ScheduleStore>();

    public async ValueTask InitializeAsync()
    {
        _changes = space.Get<ScheduleChanges>().ListenAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.Equal(new ScheduleChange(ScheduleChangeKind.Listening), await NextAsync());
    }

    public ValueTask DisposeAsync() => _changes.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_change_is_heard()
    {
        var schedule = await Store.ScheduleAsync();
        Assert.Equal(new ScheduleChange(ScheduleChangeKind.Schedule, schedule.Id), await NextAsync());

        await space.Get<CalendarStore>().SaveAsync("holidays", "", [new(new DateOnly(2026, 12, 25), "Christmas")], null, "ada", Cancel);
        Assert.Equal(new ScheduleChange(ScheduleChangeKind.Calendar, Calendar: "holidays"), await NextAsync());

        await space.Get<RunnerStore>().RequestAsync([Some.Planned(schedule.Id, space.Time.GetUtcNow())], null, Cancel);
        Assert.Equal(new ScheduleChange(ScheduleChangeKind.Requested, schedule.Id), await NextAsync());

        await Store.PauseAsync([schedule.Id], "ada", "", cancel: Cancel);
        Assert.Equal(new ScheduleChange(ScheduleChangeKind.Schedule, schedule.Id), await NextAsync());

        await Store.ImportAsync([.. Enumerable.Range(0, 1_001).Select(_ => new ScheduleImport(Some.Definition()))], null, Some.Ada, Cancel);
        Assert.Equal(new ScheduleChange(ScheduleChangeKind.Many), await NextAsync());
    }

    [Fact]
    public async Task Who_hears_of_a_change_can_read_it()
    {
        var schedule = await Store.ScheduleAsync();
        for (var version = 1; version < 20; version++)
        {
            var heard = NextAsync();
            var save = Store.SaveAsync(schedule.Id, version, schedule.Definition with { Description = "version " + version }, Some.Ada, cancel: Cancel);
            await heard;

            Assert.True((await Store.GetAsync(schedule.Id, Cancel))!.Version >= version);
            await save;
        }
    }

    [Fact]
    public async Task Of_a_change_that_was_refused_nobody_hears()
    {
        var (first, second) = (await Store.ScheduleAsync(), await Store.ScheduleAsync());
        await NextAsync();
        await NextAsync();

        await Store.CreateAsync(first.Definition, Some.Ada, Cancel);
        await Store.SaveAsync(second.Id, 1, first.Definition, Some.Ada, cancel: Cancel);
        await Store.SaveAsync(second.Id, 7, second.Definition with { Description = "new" }, Some.Ada, cancel: Cancel);
        await Store.ImportAsync([new(Some.Definition()), new(first.Definition)], null, Some.Ada, Cancel);
        await Store.ResumeAsync([first.Id], Cancel);
        await Store.DeleteAsync([second.Id], Cancel);

        Assert.Equal(new ScheduleChange(ScheduleChangeKind.Schedule, second.Id), await NextAsync());
    }

    [Fact]
    public async Task A_listener_whose_connection_breaks_is_told()
    {
        await using var database = NpgsqlDataSource.Create(space.ConnectionString);
        await using var end = database.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'");
        await end.ExecuteNonQueryAsync(Cancel);

        var error = await Assert.ThrowsAnyAsync<Exception>(NextAsync);

        Assert.True(ConsoleDatabase.IsAway(error), error.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("s:nonsense")]
    [InlineData("of another version")]
    public async Task What_nobody_understands_means_read_everything(string payload)
    {
        await using var database = NpgsqlDataSource.Create(space.ConnectionString);
        await using var notify = database.CreateCommand("SELECT pg_notify('ops_schedules', $1)");
        notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = payload });
        await notify.ExecuteNonQueryAsync(Cancel);

        Assert.Equal(new ScheduleChange(ScheduleChangeKind.Many), await NextAsync());
    }

    private async Task<ScheduleChange> NextAsync()
    {
        Assert.True(await _changes.MoveNextAsync());
        return _changes.Current;
    }
}
