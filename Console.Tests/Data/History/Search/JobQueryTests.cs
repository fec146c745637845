using OpsConsole.Data.History.Search;

namespace OpsConsole.Tests.Data.History.Search;

public sealed class JobQueryTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  type:reports.*   queue:reports ", "type:reports.* queue:reports")]
    [InlineData("type:reports.* queue:reports state:failed worker:web-3 tag:acme args.customer:42 error:timeout since:2d run>30s -type:health",
        "type:reports.* queue:reports state:failed worker:web-3 tag:acme args.customer:42 error:timeout since:2d run>30s -type:health")]
    [InlineData("STATE:Failed,retrying", "state:failed,retrying")]
    [InlineData("took:>90s waited>=1h30m", "run>1m30s wait>=1h30m")]
    [InlineData("a or b c OR d", "a or b c or d")]
    [InlineData("(a or b) c", "(a or b) c")]
    [InlineData("((a b)) AND (c)", "a b c")]
    [InlineData("NOT type:x -(a or b) --c !d", "-type:x -(a or b) c -d")]
    [InlineData("\"not found\" owner:\"\" type:\"a b\"*", "\"not found\" owner:\"\" type:\"a b\"*")]
    [InlineData("error:\"say \\\"no\\\" C:\\temp\"", "error:\"say \\\"no\\\" C:\\\\temp\"")]
    [InlineData("\"or\" \"a:b\" \"-x\" \"5*\" 12:30", "\"or\" \"a:b\" \"-x\" \"5*\" \"12:30\"")]
    [InlineData("worker:jobs-eu-1:4121 error:\">5\"", "worker:jobs-eu-1:4121 error:\">5\"")]
    [InlineData("arg.order.lines.0.sku:x args.\"odd key\":1 args.amount>=10.50", "args.order.lines.0.sku:x args.\"odd key\":1 args.amount>=10.50")]
    [InlineData("a**b a,b", "a*b \"a,b\"")]
    [InlineData("owner:me", "owner:ada@example.org")]
    [InlineData("a a type:x,x", "a type:x")]
    public void A_query_is_written_as_it_would_be_typed(string text, string written)
    {
        var query = Queries.Of(text);

        Assert.Equal(written, query.ToText());
        Assert.Equal(query, Queries.Of(query.ToText()));
    }

    [Theory]
    [InlineData("since:2d", "2026-11-19T12:30Z", null)]
    [InlineData("since:1h30m", "2026-11-21T11:00Z", null)]
    [InlineData("since:yesterday until:yesterday", "2026-11-19T23:00Z", "2026-11-20T23:00Z")]
    [InlineData("since:2026-07-01 until:2026-07-01T08:30", "2026-06-30T22:00Z", "2026-07-01T06:30Z")]
    [InlineData("since:14:00 until:now", "2026-11-21T13:00Z", "2026-11-21T12:30Z")]
    [InlineData("since:2026-11-21T10:00+01:00", "2026-11-21T09:00Z", null)]
    [InlineData("since:2026-11-01T02:15:30.250Z", "2026-11-01T02:15:30.250Z", null)]
    [InlineData("since:\"2026-03-29 02:30\"", "2026-03-29T01:00Z", null)]
    [InlineData("since:2d (since:1d or since:1h a)", "2026-11-20T12:30Z", null)]
    [InlineData("a or since:1d", null, null)]
    [InlineData("-since:1d", null, null)]
    public void The_range_of_a_query_is_what_its_parts_leave(string text, string? since, string? until)
    {
        var query = Queries.Of(text);

        Assert.Equal(At(since), query.Since);
        Assert.Equal(At(until), query.Until);
        Assert.Equal(query, Queries.Of(query.ToText()));
    }

    [Fact]
    public void Parts_are_added_and_taken_away()
    {
        var query = Queries.Of("type:a or type:b").And(Queries.Of("queue:x state:failed").Root!);

        Assert.Equal("(type:a or type:b) queue:x state:failed", query.ToText());
        Assert.Equal("(type:a or type:b) state:failed", query.Without(query.Parts[1]).ToText());
        Assert.Equal("queue:x", JobQuery.Everything.And(query.Parts[1]).ToText());
    }

    private static DateTimeOffset? At(string? text) => text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
