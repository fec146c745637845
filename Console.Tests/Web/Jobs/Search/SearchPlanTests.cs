using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Jobs.Search;

namespace OpsConsole.Tests.Web.Jobs.Search;

public class SearchPlanTests
{
    [Theory]
    [InlineData("", true, true)]
    [InlineData("type:reports.*", true, true)]
    [InlineData("state:failed", true, false)]
    [InlineData("state:failed since:2d", true, true)]
    [InlineData("state:enqueued since:2d", true, false)]
    [InlineData("state:succeeded", true, true)]
    [InlineData("state:failed tag:acme", false, true)]
    [InlineData("state:lost", false, true)]
    [InlineData("outcome:failure", false, true)]
    [InlineData("tag:acme or queue:reports", true, true)]
    [InlineData("-state:succeeded", true, true)]
    [InlineData("state:failed state:enqueued", false, false)]
    public void A_search_is_asked_where_its_answer_can_be(string text, bool live, bool past)
    {
        var plan = SearchPlan.Of(Queries.Of(text));
        Assert.Equal((live, past), (plan.Live, plan.Past));
    }

    [Fact]
    public void One_state_is_shown_in_the_order_of_its_list()
    {
        Assert.Equal(JobState.Scheduled, SearchPlan.Of(Queries.Of("state:scheduled type:mail.*")).OneState);
        Assert.Null(SearchPlan.Of(Queries.Of("state:failed since:1d")).OneState);
        Assert.Equal([JobState.Enqueued, JobState.Processing], SearchPlan.Of(Queries.Of("state:enqueued,processing")).LiveStates);
        Assert.Empty(SearchPlan.Of(Queries.Of("queue:mail")).LiveStates);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("made up")]
    [InlineData("12-x_live")]
    public void A_place_that_is_none_is_the_beginning(string? text) => Assert.Equal(SearchCursor.Start, SearchCursor.Read(text));

    [Fact]
    public void A_place_reads_as_it_was_written()
    {
        foreach (var place in (SearchCursor[])[SearchCursor.Start, new(null, null, true), new("a_b-c", new(Queries.Now, 7), false), new(null, new(Queries.Now, 0), false), new("x", null, true)])
            Assert.Equal(place, SearchCursor.Read(place.Write()));
        Assert.True(new SearchCursor(null, null, true).IsEnd);
    }
}
