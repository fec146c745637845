using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Data;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Jobs.Search;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Jobs.Search;

/// <summary>Jobs in Redis and attempts in the database as one list.</summary>
public sealed class JobSearchTests(DataSpace data) : IClassFixture<DataSpace>, IAsyncLifetime
{
    private readonly JobsSpace _jobs = new();
    private JobSearch _search = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    public ValueTask InitializeAsync()
    {
        // Redis has a clock of its own.
        if (Now - data.Time.GetUtcNow() is { Ticks: > 0 } late) data.Time.Advance(late);
        _search = new JobSearch(_jobs.Inspector, data.Get<AttemptSearch>(), data.Get<HistoryStore>(), new FleetBoard(TimeProvider.System), TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    private JobQuery Query(string text) => JobQuery.Parse(text, new(Now, TimeZoneInfo.Utc)).Query!;

    private Task<SearchPage> FindAsync(string text, SearchCursor? from = null, int limit = 50) => _search.PageAsync(Query(text), from ?? SearchCursor.Start, limit, Cancel);

    private AttemptRow Attempt(string job, string queue, double minutesAgo, AttemptOutcome outcome, int sequence = 0) => new()
    {
        EndedAt = DateTimeOffset.FromUnixTimeMilliseconds(Now.AddMinutes(-minutesAgo).ToUnixTimeMilliseconds()),
        Sequence = sequence,
        JobId = job,
        Type = "sample.add",
        Queue = queue,
        Outcome = outcome,
        Attempt = 1,
        ErrorType = outcome.IsFailure() ? "System.TimeoutException" : null,
        ErrorMessage = outcome.IsFailure() ? "The till did not answer." : null,
    };

    private async Task StoreAsync(params AttemptRow[] rows)
    {
        var store = data.Get<HistoryStore>();
        var term = (await store.TryAcquireAsync("test", 60, Cancel))!;
        var last = rows.Max(row => row.EndedAt);
        var batch = new HistoryBatch { Position = $"{last.ToUnixTimeMilliseconds()}-0", PositionAt = last, Events = rows.Length, Attempts = rows };
        Assert.Equal(HistoryWrite.Stored, await store.WriteAsync(term.Epoch, batch, Cancel));
        await store.ReleaseAsync(term.Epoch, Cancel);
    }

    [Fact]
    public async Task Jobs_that_wait_and_attempts_that_ended_are_one_list()
    {
        await StoreAsync(Attempt("gone", "mixed", 30, AttemptOutcome.Succeeded), Attempt("again", "mixed", 20, AttemptOutcome.Failed, 1));
        await _jobs.EnqueueAsync(new EnqueueOptions { Id = "again", Queue = "mixed" });
        await _jobs.EnqueueAsync(new EnqueueOptions { Id = "other", Queue = "elsewhere" });

        var page = await FindAsync("queue:mixed");

        Assert.Equal([("again", JobState.Enqueued, false), ("again", JobState.Failed, true), ("gone", JobState.Succeeded, true)], page.Rows.Select(row => (row.Id, row.State, row.Past is not null)));
        Assert.True(page.Rows[1].IsNews);
        Assert.Equal((JobState.Enqueued, null), (page.Rows[1].Now!.State, page.Rows[2].Now));
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData("state:enqueued")]
    [InlineData("state:enqueued queue:haunted")]
    public async Task A_job_of_which_only_the_id_is_left_stands_in_the_list_that_has_it(string text)
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.SetAddAsync(_jobs.Keys.Queues, "haunted");
        await database.ListLeftPushAsync(_jobs.Keys.Queue("haunted"), "ghost");

        var found = (await FindAsync(text)).Rows;

        Assert.Single(found, row => row.Id == "ghost");
    }

    [Fact]
    public async Task Pages_go_on_behind_each_other_and_tell_everything_once()
    {
        await StoreAsync([.. Enumerable.Range(0, 7).Select(i => Attempt($"past-{i}", "paged", 10 + i, AttemptOutcome.Succeeded, 100 + i))]);
        for (var i = 0; i < 4; i++) await _jobs.EnqueueAsync(new EnqueueOptions { Id = $"live-{i}", Queue = "paged" });

        var seen = new List<string>();
        var page = await FindAsync("queue:paged", limit: 3);
        while (true)
        {
            seen.AddRange(page.Rows.Select(row => row.Id));
            if (page.Next is not { } next) break;
            page = await FindAsync("queue:paged", SearchCursor.Read(next.Write()), 3);
        }

        Assert.Equal(["live-0", "live-1", "live-2", "live-3"], seen.Take(4).Order());
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"past-{i}"), seen.Skip(4));
    }

    [Fact]
    public async Task A_state_without_a_time_asks_how_jobs_stand_now()
    {
        await StoreAsync(Attempt("failed-before", "standing", 15, AttemptOutcome.Failed));
        await _jobs.EnqueueAsync(new EnqueueOptions { Id = "stands", Queue = "standing" });

        Assert.Empty((await FindAsync("state:failed queue:standing")).Rows);
        Assert.Equal("failed-before", Assert.Single((await FindAsync("state:failed queue:standing since:1d")).Rows).Id);
        Assert.Equal("stands", Assert.Single((await FindAsync("state:enqueued queue:standing")).Rows).Id);
        Assert.Equal("failed-before", Assert.Single((await FindAsync("error:till -queue:mixed since:1d")).Rows).Id);
    }
}
