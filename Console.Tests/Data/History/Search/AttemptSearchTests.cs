using Npgsql;
using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;

namespace OpsConsole.Tests.Data.History.Search;

public sealed class AttemptSearchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_found_is_what_matches_page_by_page_and_newest_first()
    {
        await using var space = await HistorySpace.OpenAsync();
        var rows = SomeAttempts.Make(space.Now, 400);
        await StoreAsync(space, rows);
        var random = new Random(11);
        for (var i = 0; i < 120; i++)
        {
            var query = Query(space, $"since:11d {SomeAttempts.Question(random)}");
            var expected = rows.Where(row => query.Matches(SomeAttempts.Facts(row))).Select(row => new AttemptKey(row.EndedAt, row.Sequence)).Reverse().ToArray();

            var found = await AllAsync(space, query, limit: 60);

            Assert.True(expected.SequenceEqual(found), $"{query}: {expected.Length} match, {found.Count} were found.");
            Assert.Equal(expected.Length, (await Search(space).CountAsync(query, 1_000, Cancel)).Count);
        }
    }

    [Fact]
    public async Task A_query_that_names_no_range_looks_at_a_week_and_says_so_unless_it_names_a_job()
    {
        await using var space = await HistorySpace.OpenAsync();
        await StoreAsync(space, SomeHistory.Attempt(space.Now.AddDays(-20), "job-1"), SomeHistory.Attempt(space.Now.AddDays(-1), "job-2"));

        var week = await PageAsync(space, "type:reports.*");
        var job = await PageAsync(space, "id:job-1");
        var range = await PageAsync(space, "since:21d");

        Assert.Equal(("job-2", true, space.Now.AddDays(-7), null), (Assert.Single(week.Rows).JobId, week.IsBounded, week.SearchedBackTo, week.Next));
        Assert.Equal(("job-1", false), (Assert.Single(job.Rows).JobId, job.IsBounded));
        Assert.Equal((2, false), (range.Rows.Count, range.IsBounded));
    }

    [Fact]
    public async Task When_the_time_is_up_the_page_says_how_to_narrow_the_query()
    {
        await using var space = await HistorySpace.OpenAsync();
        await StoreAsync(space, SomeHistory.Attempt(space.Now));
        await using var locking = await space.Database.OpenConnectionAsync(Cancel);
        await using var transaction = await locking.BeginTransactionAsync(Cancel);
        await using (var command = new NpgsqlCommand("""LOCK TABLE "Attempts" IN ACCESS EXCLUSIVE MODE""", locking, transaction))
            await command.ExecuteNonQueryAsync(Cancel);

        var search = PageAsync(space, "timeout");
        space.Data.Time.Advance(TimeSpan.FromSeconds(6));
        var page = await search;

        Assert.Empty(page.Rows);
        Assert.True(page.IsBounded);
        Assert.Contains("stopped after 5s", page.Problem, StringComparison.Ordinal);
        Assert.Contains("name a job type", page.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_whose_time_is_up_keeps_what_it_found_and_the_next_page_goes_on_from_there()
    {
        await using var space = await HistorySpace.OpenAsync();
        var old = space.Now.AddDays(-3);
        await StoreAsync(space, SomeHistory.Attempt(old, "job-1"), SomeHistory.Attempt(space.Now.AddDays(-1), "job-2"), SomeHistory.Attempt(space.Now.AddMinutes(-1), "job-3"));
        await using var locking = await space.Database.OpenConnectionAsync(Cancel);
        await using var transaction = await locking.BeginTransactionAsync(Cancel);
        await using (var command = new NpgsqlCommand($"""LOCK TABLE "{new DayPartition(RetentionClass.Succeeded, DayPartition.DayOf(old)).Name}" IN ACCESS EXCLUSIVE MODE""", locking, transaction))
            await command.ExecuteNonQueryAsync(Cancel);

        // Newer days are read; then it waits for the one that is locked.
        var search = PageAsync(space, "type:reports.generate since:5d");
        while (await space.AskAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == "0")
            Assert.False(search.IsCompleted);
        space.Data.Time.Advance(TimeSpan.FromSeconds(6));
        var stopped = await search;
        await transaction.RollbackAsync(Cancel);
        var next = await Search(space).PageAsync(Query(space, "type:reports.generate since:5d"), stopped.Next, 10, Cancel);

        Assert.Equal(["job-3", "job-2"], stopped.Rows.Select(row => row.JobId));
        Assert.Contains("stopped after 5s", stopped.Problem, StringComparison.Ordinal);
        Assert.True(stopped.IsBounded);
        Assert.InRange(stopped.SearchedBackTo, old, stopped.Rows[^1].EndedAt);
        Assert.Equal(("job-1", null, null), (Assert.Single(next.Rows).JobId, next.Next, next.Problem));
    }

    [Fact]
    public async Task A_type_in_a_queue_that_it_never_came_through_is_not_looked_for()
    {
        await using var space = await HistorySpace.OpenAsync();
        await StoreAsync(space, SomeHistory.Attempt(space.Now.AddDays(-2)) with { Queue = "bulk" }, SomeHistory.Attempt(space.Now.AddDays(-1)) with { Type = "mail.send", Queue = "mail" });
        await using var locking = await space.Database.OpenConnectionAsync(Cancel);
        await using var transaction = await locking.BeginTransactionAsync(Cancel);
        await using (var command = new NpgsqlCommand("""LOCK TABLE "Attempts" IN ACCESS EXCLUSIVE MODE""", locking, transaction))
            await command.ExecuteNonQueryAsync(Cancel);

        foreach (var text in (string[])["type:reports.generate queue:mail", "type:reports.* queue:MAIL,other since:5d", "queue:bulk type:mail.send state:failed"])
            Assert.Equal((0, null, null), ((await PageAsync(space, text)).Rows.Count, (await PageAsync(space, text)).Next, (await PageAsync(space, text)).Problem));
        await transaction.RollbackAsync(Cancel);

        foreach (var text in (string[])["type:reports.* queue:bulk", "type:REPORTS.generate queue:*", "type:reports.generate,mail.send queue:bulk", "type:reports.generate -queue:mail"])
            Assert.Single((await PageAsync(space, text)).Rows);
    }

    [Fact]
    public async Task Jobs_come_once_a_page_and_only_with_the_outcomes_asked_for()
    {
        await using var space = await HistorySpace.OpenAsync();
        await StoreAsync(space, SomeHistory.Attempt(space.Now, "job-1", AttemptOutcome.Retrying), SomeHistory.Attempt(space.Now, "job-1", AttemptOutcome.Failed, 1),
            SomeHistory.Attempt(space.Now, "job-2", AttemptOutcome.Failed, 2), SomeHistory.Attempt(space.Now, "job-3", AttemptOutcome.Succeeded, 3));

        var failed = await Search(space).JobIdsAsync(Query(space, "type:reports.generate"), [AttemptOutcome.Failed, AttemptOutcome.Retrying], null, 10, Cancel);
        var first = await Search(space).JobIdsAsync(JobQuery.Everything, null, null, 1, Cancel);
        var second = await Search(space).JobIdsAsync(JobQuery.Everything, null, first.Next, 10, Cancel);

        Assert.Equal(["job-2", "job-1"], failed.Ids);
        Assert.Equal(["job-3"], first.Ids);
        Assert.Equal(["job-2", "job-1"], second.Ids);
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Values_that_begin_as_typed_come_first_then_the_frequent_ones()
    {
        await using var space = await HistorySpace.OpenAsync();
        await StoreAsync(space, [.. new[] { "mail.send", "reports.email", "Mail.check", "mail.send", "reports.email", "reports.email", "100%" }
            .Select((type, i) => SomeHistory.Attempt(space.Now, sequence: i) with { Type = type })]);

        var values = await Search(space).ValuesAsync(QueryField.Type, "mail", 10, Cancel);

        Assert.Equal([("mail.send", 2L), ("Mail.check", 1L), ("reports.email", 3L)], values.Select(value => (value.Name, value.Count)));
        Assert.Equal("100%", Assert.Single(await Search(space).ValuesAsync(QueryField.Type, "%", 10, Cancel)).Name);
        Assert.Empty(await Search(space).ValuesAsync(QueryField.Run, "", 10, Cancel));
    }

    [Fact]
    public async Task A_query_cannot_get_out_of_its_statement()
    {
        await using var space = await HistorySpace.OpenAsync();
        await StoreAsync(space, SomeHistory.Attempt(space.Now));
        foreach (var text in (string[])["\"'; DROP TABLE x --\"", "args.\"a' \\\" ) || (1==1) //\":\"' || true\"", "args.a:\"\\\\E\\\\\"*\"(?=\"", "id:\"'\"*", "schedule:\"%' OR true\"", "args.a:*\"[\"*", "error:\"\\\\\""])
            Assert.Empty((await PageAsync(space, text)).Rows);
    }

    private static AttemptSearch Search(HistorySpace space) => space.Data.Get<AttemptSearch>();

    private static JobQuery Query(HistorySpace space, string text) => JobQuery.Parse(text, new(space.Now, TimeZoneInfo.Utc, "ada@example.org")).Query ?? throw new ArgumentException(text);

    private static Task<AttemptPage> PageAsync(HistorySpace space, string text) => Search(space).PageAsync(Query(space, text), null, 10, Cancel);

    private static async Task StoreAsync(HistorySpace space, params AttemptRow[] rows)
    {
        var epoch = await space.AcquireAsync();
        await space.Store.WriteAsync(epoch, SomeHistory.Batch(rows), Cancel);
    }

    private static async Task<List<AttemptKey>> AllAsync(HistorySpace space, JobQuery query, int limit)
    {
        var found = new List<AttemptKey>();
        AttemptKey? before = null;
        do
        {
            var page = await Search(space).PageAsync(query, before, limit, Cancel);
            Assert.Null(page.Problem);
            found.AddRange(page.Rows.Select(row => row.Key));
            before = page.Next;
        }
        while (before is not null);
        return found;
    }
}
