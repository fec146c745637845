using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class LiveHealthTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public void What_is_away_keeps_the_time_since_when_and_of_its_last_answer()
    {
        var health = new LiveHealth(_time);
        health.RedisAnswered();
        var answered = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(5));
        health.RedisFailed("no answer");
        var lost = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(5));
        health.RedisFailed("refused");

        Assert.Equal(new DependencyHealth("Redis", answered, lost, "refused"), health.Current.Redis);
        Assert.False(health.Current.Database.IsLost);
    }

    [Fact]
    public void An_answer_heals_it()
    {
        var health = new LiveHealth(_time);
        health.DatabaseFailed("no answer");

        health.DatabaseAnswered();

        Assert.False(health.Current.IsLost);
        Assert.Equal("", health.Current.Database.Cause);
    }

    [Fact]
    public void Lateness_is_shown_at_most_once_a_second_and_never_below_nothing()
    {
        var health = new LiveHealth(_time);
        health.Measured(TimeSpan.FromMilliseconds(-20));
        health.Measured(TimeSpan.FromMilliseconds(80));
        Assert.Equal(TimeSpan.Zero, health.Current.Lateness);

        _time.Advance(TimeSpan.FromSeconds(2));
        health.Measured(TimeSpan.FromMilliseconds(80));
        Assert.Equal(TimeSpan.FromMilliseconds(80), health.Current.Lateness);
    }

    [Fact]
    public void A_type_goes_by_its_published_name_else_by_its_last_two_parts()
    {
        var names = new JobNames();
        names.Reset([new JobType { Name = "orders.ship", Key = "Shop.Orders.Ship(System.Int32)", TypeName = "Shop.Orders", Method = "Ship" }]);

        Assert.Equal(["orders.ship", "Other.Run", "Run", "unknown"], [names.Of("Shop.Orders.Ship"), names.Of("A.B.Other.Run"), names.Of("Run"), names.Of("")]);
    }

    [Fact]
    public void Positions_are_compared_as_numbers_and_nonsense_is_the_beginning()
    {
        Assert.True(StreamPosition.Parse("999-10") > StreamPosition.Parse("999-9"));
        Assert.True(StreamPosition.Parse("1000-0") > StreamPosition.Parse("999-10"));
        Assert.Equal(default, StreamPosition.Parse("$"));
    }
}
