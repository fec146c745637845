using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Jobs.Search;

namespace OpsConsole.Tests.Web.Jobs.Search;

public class QueryEditTests
{
    [Fact]
    public void Each_part_of_a_search_is_a_token_that_can_be_left_out()
    {
        var tokens = QueryEdit.Tokens(Queries.Of("""-queue:test run>=30s timeout (state:failed or state:deleted)"""));

        Assert.Equal([("queue:", "test", true), ("run>=", "30s", false), ("", "timeout", false), ("", "state:failed or state:deleted", false)], tokens.Select(token => (token.Label, token.Value, token.IsNegated)));
        Assert.Equal("(state:failed or state:deleted)", tokens[3].Text);
        Assert.Equal("/jobs?q=-queue%3Atest%20timeout%20%28state%3Afailed%20or%20state%3Adeleted%29", tokens[1].WithoutHref);
    }

    [Theory]
    [InlineData("queue:a state:failed", "queue:a")]
    [InlineData("-state:failed queue:a", "queue:a")]
    [InlineData("state:failed or queue:a", "")]
    [InlineData("run>30s or wait>5m", "(run>30s or wait>5m)")]
    public void A_tab_changes_what_is_said_of_the_state_and_nothing_else(string text, string rest)
    {
        var changed = QueryEdit.OfState(Queries.Of(text), JobState.Quarantined);
        Assert.Equal(Queries.Of("state:quarantined " + rest), Queries.Of(changed));
    }

    [Theory]
    [InlineData("state:failed", JobState.Failed)]
    [InlineData("queue:a state:failed,quarantined", JobState.Failed)]
    [InlineData("state:scheduled,retrying", JobState.Scheduled)]
    [InlineData("state:retrying", JobState.Retrying)]
    [InlineData("state:failed,deleted", null)]
    [InlineData("-state:failed", null)]
    [InlineData("", null)]
    public void A_search_belongs_to_the_tab_of_its_state(string text, JobState? tab) => Assert.Equal(tab, QueryEdit.StateOf(Queries.Of(text)));

    [Theory]
    [InlineData("type:reports.*", "reports.*")]
    [InlineData("type:\"a b\"", "a b")]
    [InlineData("-type:a", null)]
    [InlineData("type:a or type:b", null)]
    [InlineData("type:a,b", "a,b")]
    public void A_field_of_the_form_shows_a_plain_term(string text, string? shown) => Assert.Equal(shown, QueryEdit.ValueOf(Queries.Of(text), QueryField.Type));

    [Theory]
    [InlineData("plain")]
    [InlineData("two words")]
    [InlineData("a\"b\\c")]
    [InlineData("or")]
    [InlineData("a*b")]
    [InlineData(":,()<>=-!")]
    public void Whatever_is_in_a_value_it_reads_as_itself(string value) =>
        Assert.Equal(value, QueryEdit.ExactOf(Queries.Of("queue:" + QueryEdit.Exactly(value)), QueryField.Queue));

    [Fact]
    public void What_other_pages_name_becomes_a_search()
    {
        Assert.Equal("state:failed,quarantined queue:\"a&b\" type:*report*", GivenSearch.TextOf(null, "failed", "a&b", "report", isWholeType: false));
        Assert.Equal("type:reports.generate (run>1s or wait>1s)", GivenSearch.TextOf("run>1s or wait>1s", "nonsense", " ", "reports.generate", isWholeType: true));
        Assert.Equal("", GivenSearch.TextOf(null, null, null, null, false));
    }
}
