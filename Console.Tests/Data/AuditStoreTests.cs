using System.Text.RegularExpressions;
using OpsConsole.Data.Audit;

namespace OpsConsole.Tests.Data;

public class AuditStoreTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AuditStore Store => space.Get<AuditStore>();

    [Fact]
    public async Task An_act_is_on_record_before_it_happens()
    {
        await Store.BeginAsync(Draft("before"), Cancel);

        var entry = Assert.Single((await ListAsync("before")).Entries);
        Assert.Equal(AuditResult.Pending, entry.Result);
        Assert.Null(entry.CompletedAt);
    }

    [Fact]
    public async Task What_came_of_an_act_completes_its_row()
    {
        var id = await Store.BeginAsync(Draft("after") with { Reason = "stuck since noon", OperatorName = "ada", RemoteAddress = "192.0.2.7" }, Cancel);
        space.Time.Advance(TimeSpan.FromSeconds(2));
        await Store.CompleteAsync(id, AuditResult.Partial, "Done for 1 of 2.", """{"done":1}""", Cancel);

        var entry = Assert.Single((await ListAsync("after")).Entries);
        Assert.Equal((id, AuditResult.Partial, "Done for 1 of 2.", "stuck since noon", "ada", "192.0.2.7"),
            (entry.Id, entry.Result, entry.Message, entry.Reason, entry.OperatorName, entry.RemoteAddress));
        Assert.Equal("""{"done": 1}""", entry.Details);
        Assert.Equal(TimeSpan.FromSeconds(2), entry.CompletedAt - entry.At);
    }

    [Theory]
    [InlineData(@"nul\0inside", @"nul\uFFFDinside")]
    [InlineData(@"half \uD83D of a pair", @"half \uFFFD of a pair")]
    [InlineData(@"\uDE00first", @"\uFFFDfirst")]
    [InlineData(@"whole \uD83D\uDE00 pair", @"whole \uD83D\uDE00 pair")]
    [InlineData(@"\u202Eright to left <script>alert(1)</script>", @"\u202Eright to left <script>alert(1)</script>")]
    public async Task Text_that_the_database_refuses_is_stored_visibly(string written, string expected)
    {
        // Escaped, because a test's name cannot hold halves of characters.
        var (reason, stored) = (Regex.Unescape(written), Regex.Unescape(expected));
        var target = "odd " + Guid.NewGuid();
        var id = await Store.BeginAsync(Draft(target) with { Reason = reason, OperatorName = reason }, Cancel);
        await Store.CompleteAsync(id, AuditResult.Refused, reason, null, Cancel);

        var entry = Assert.Single((await ListAsync(target)).Entries);
        Assert.Equal((stored, stored, stored), (entry.Reason, entry.OperatorName, entry.Message));
    }

    [Fact]
    public async Task Text_of_any_length_fits()
    {
        var target = "long " + Guid.NewGuid();
        await Store.RecordAsync(Draft(target + new string('x', 5_000)) with { Reason = new string('y', 5_000) }, AuditResult.Refused, new string('z', 50_000), Cancel);

        var entry = Assert.Single((await ListAsync(target)).Entries);
        Assert.Equal((AuditLimits.Target, AuditLimits.Reason, AuditLimits.Message), (entry.Target.Length, entry.Reason!.Length, entry.Message!.Length));
        Assert.EndsWith("…", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_without_gap_or_repeat()
    {
        for (var i = 0; i < 7; i++)
            await Store.RecordAsync(Draft($"paged {i}"), AuditResult.Done, null, Cancel);

        var seen = new List<string>();
        AuditPage page;
        long? before = null;
        do
        {
            page = await Store.ListAsync(new AuditQuery { Target = "paged", Before = before, Limit = 3 }, Cancel);
            seen.AddRange(page.Entries.Select(entry => entry.Target));
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(["paged 6", "paged 5", "paged 4", "paged 3", "paged 2", "paged 1", "paged 0"], seen);
    }

    [Fact]
    public async Task Filters_leave_what_fits_all_of_them()
    {
        await Store.RecordAsync(Draft("mail") with { Kind = AuditKinds.PauseQueue, OperatorName = "filter-a" }, AuditResult.Done, null, Cancel);
        await Store.RecordAsync(Draft("mail") with { Kind = AuditKinds.ResumeQueue, OperatorName = "filter-a" }, AuditResult.Done, null, Cancel);
        await Store.RecordAsync(Draft("mail") with { Kind = AuditKinds.PauseQueue, OperatorName = "filter-b" }, AuditResult.Done, null, Cancel);

        var page = await Store.ListAsync(new AuditQuery { Who = "filter-a", Kind = AuditKinds.PauseQueue, Target = "ma" }, Cancel);

        Assert.Single(page.Entries);
        Assert.Contains("filter-b", await Store.ListNamesAsync(100, Cancel));
    }

    [Fact]
    public async Task A_filter_takes_percent_and_NUL_as_plain_text()
    {
        await Store.RecordAsync(Draft("a percent"), AuditResult.Done, null, Cancel);

        Assert.Empty((await ListAsync("a%percent")).Entries);
        Assert.Empty((await ListAsync("\0")).Entries);
    }

    private static AuditDraft Draft(string target) => new(AuditKinds.RetryJobs, "job", target) { OperatorName = "someone" };

    private Task<AuditPage> ListAsync(string target) => Store.ListAsync(new AuditQuery { Target = target }, Cancel);
}
