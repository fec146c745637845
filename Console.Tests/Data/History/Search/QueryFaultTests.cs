using OpsConsole.Data.History.Search;

namespace OpsConsole.Tests.Data.History.Search;

public sealed class QueryFaultTests
{
    [Theory]
    [InlineData("tpye:x", 0, 4, "Did you mean type:?")]
    [InlineData("a http://x", 2, 4, "in quotes")]
    [InlineData("type: x", 0, 5, "a value is expected")]
    [InlineData("type:a,", 0, 7, "a value is expected")]
    [InlineData("queue:a state:broken", 14, 6, "A state is expected: scheduled")]
    [InlineData("outcome:good", 8, 4, "or failure")]
    [InlineData("run:30s", 0, 7, "run>30s")]
    [InlineData("run>30", 4, 2, "with its unit")]
    [InlineData("run>30s,40s", 0, 11, "one value only")]
    [InlineData("type>5", 0, 6, "followed by a colon")]
    [InlineData("since:soon", 6, 4, "A moment is expected")]
    [InlineData("since:2026-02-30", 6, 10, "A moment is expected")]
    [InlineData("attempt>x", 8, 1, "whole number")]
    [InlineData("group:F-1", 6, 3, "whole id")]
    [InlineData("args.amount>lots", 12, 4, "A number is expected")]
    [InlineData("args>5", 0, 6, "which argument")]
    [InlineData("type.x:5", 4, 1, "no parts")]
    [InlineData("(a or b", 0, 1, "a ) is expected")]
    [InlineData("a) b", 1, 1, "Nothing was opened")]
    [InlineData("a ()", 2, 2, "Between the parentheses")]
    [InlineData("a or", 2, 2, "on both sides")]
    [InlineData("or a", 0, 2, "on both sides")]
    [InlineData("AND a", 0, 3, "on both sides")]
    [InlineData("a - b", 2, 1, "right after this")]
    [InlineData("a -", 2, 1, "right after this")]
    [InlineData("error:\"abc", 6, 4, "not closed")]
    [InlineData("*", 0, 1, "matches everything")]
    [InlineData("\"\"", 0, 2, "matches everything")]
    [InlineData("a , b", 2, 1, "A comma")]
    [InlineData("a\0b", 1, 1, "no text can have")]
    public void A_wrong_query_says_where_and_what_was_expected(string text, int position, int length, string message)
    {
        var parse = JobQuery.Parse(text, Queries.Context);

        var fault = Assert.Single(parse.Faults);
        Assert.Null(parse.Query);
        Assert.Equal((position, length), (fault.Position, fault.Length));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_slip_is_told_and_in_order()
    {
        var parse = JobQuery.Parse("state:bad type:ok run>x colour:red (", Queries.Context);

        Assert.Equal([6, 22, 24, 35], parse.Faults.Select(fault => fault.Position).Distinct());
    }

    [Fact]
    public void A_query_has_its_limits()
    {
        Assert.Contains("no text can have", Only("a\ud800"), StringComparison.Ordinal);
        Assert.Contains("2,000 characters", Only(new string('a', 2001)), StringComparison.Ordinal);
        Assert.Contains("60 terms", Only(string.Join(' ', Enumerable.Range(0, 61))), StringComparison.Ordinal);
        Assert.Contains("20 deep", Only(new string('(', 21) + "a" + new string(')', 21)), StringComparison.Ordinal);
        Assert.Contains("50 values", Only("type:" + string.Join(',', Enumerable.Range(0, 51))), StringComparison.Ordinal);
    }

    private static string Only(string text) => Assert.Single(JobQuery.Parse(text, Queries.Context).Faults).Message;
}
