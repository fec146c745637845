using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Details;
using OpsConsole.Web.Schedules.List;

namespace OpsConsole.Tests.Web.Schedules;

/// <summary>What addresses of the pages ask for.</summary>
public sealed class ScheduleAddressTests
{
    [Fact]
    public void An_address_of_the_list_holds_all_that_narrows_it()
    {
        var filter = new ScheduleFilter { Text = "a&b", Type = "x.y", Queue = "q", Tag = "t", Owner = "o", State = "paused", Outcome = "failed", Sort = "next", After = "1~2" };
        Assert.Equal("/schedules?q=a%26b&type=x.y&queue=q&tag=t&owner=o&state=paused&outcome=failed&sort=next&after=1~2", filter.Href);
        var query = filter.ToQuery(50);
        Assert.Equal(("a&b", "x.y", ScheduleState.Paused, JobOutcome.Failed, ScheduleSort.Next, 50), (query.Text, query.JobType, query.State!.Value, query.LastOutcome!.Value, query.Sort, query.Limit));
        Assert.Equal("/schedules?state=paused&sort=next", filter.Wide.Href);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("7")]
    [InlineData("1")]
    [InlineData(null)]
    public void A_name_that_is_not_known_narrows_nothing(string? name)
    {
        var query = new ScheduleFilter { State = name, Outcome = name, Sort = name }.ToQuery(50);
        Assert.Equal((null, null, ScheduleSort.Name), (query.State, query.LastOutcome, query.Sort));
        Assert.Empty(new LedgerFilter { State = name, Kind = name, Outcome = name, Origin = name, Before = name }.ToQuery(TimeZoneInfo.Utc, 50).States);
    }

    [Fact]
    public void An_address_of_the_ledger_holds_its_filters_and_its_place()
    {
        var place = new LedgerPlace(Sample.Now, Guid.NewGuid());
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var filter = new LedgerFilter { State = "failedtoenqueue", Kind = "backfill", Outcome = "failed", From = "2026-11-01T00:00", To = "2026-11-02T00:00", Before = LedgerFilter.Write(place) };
        var query = filter.ToQuery(zone, 50);
        Assert.Equal([OccurrenceState.FailedToEnqueue], query.States);
        Assert.Equal([OccurrenceKind.Backfill], query.Kinds);
        Assert.Equal([JobOutcome.Failed], query.Outcomes);
        Assert.Equal(place, query.Before);
        Assert.Equal(new DateTimeOffset(2026, 10, 31, 23, 0, 0, TimeSpan.Zero), query.From);
        Assert.StartsWith($"/schedules/{Sample.Id:D}?state=failedtoenqueue&kind=backfill", filter.Href(Sample.Id), StringComparison.Ordinal);
        Assert.Equal($"/schedules/{Sample.Id:D}", new LedgerFilter().Href(Sample.Id));
    }
}
