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
