using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class RatesTests
{
    private readonly Story _story = new();

    [Fact]
    public void Rates_of_a_queue_cover_the_last_full_minute()
    {
        var rates = new QueueRates();
        for (var second = 0; second < 120; second++, _story.Now = _story.Now.AddSeconds(1))
        {
            rates.Apply(_story.Enqueued("in"));
            if (second % 2 == 0)
                rates.Apply(_story.Started("out"));
        }

        Assert.Equal((60, 30), rates.PerMinute("default", _story.Now));
        Assert.Equal((0, 0), rates.PerMinute("default", _story.Now.AddMinutes(5)));
        Assert.Equal((0, 0), rates.PerMinute("unheard of", _story.Now));
    }

    [Fact]
    public void A_queue_is_behind_for_as_many_minutes_as_more_came_than_left()
    {
        var rates = new QueueRates();
        for (var minute = 0; minute < 8; minute++, _story.Now = _story.Now.AddMinutes(1))
        {
            rates.Apply(_story.Enqueued("a"));
            rates.Apply(_story.Enqueued("b"));
            rates.Apply(_story.Started("a"));
            if (minute == 2)
                rates.Apply(_story.Started("b"));
        }

        Assert.Equal(5, rates.MinutesBehind("default", _story.Now));
    }

    [Fact]
    public void A_type_that_always_fails_now_and_then_is_no_spike()
    {
        var types = new TypeFailures();
        for (var minute = 0; minute < 60; minute++, _story.Now = _story.Now.AddMinutes(1))
            for (var job = 0; job < 20; job++)
                types.Apply(job % 5 == 0 ? _story.Failed("f") : _story.Succeeded("s"));

        Assert.Empty(types.Spikes(_story.Now));
    }

    [Fact]
    public void A_type_that_suddenly_fails_is_a_spike_and_names_its_error()
    {
        var types = new TypeFailures();
        for (var minute = 0; minute < 60; minute++, _story.Now = _story.Now.AddMinutes(1))
            for (var job = 0; job < 20; job++)
                types.Apply(minute >= 55 ? _story.Retrying("f") : job == 0 ? _story.Failed("f") : _story.Succeeded("s"));

        var spike = Assert.Single(types.Spikes(_story.Now));
        Assert.Equal(("Shop.Orders.Ship", "System.IO.IOException", 100, 100), (spike.Type, spike.Error, spike.Failed, spike.Ended));
        Assert.Equal(20, spike.TimesUsual!.Value, 1);
    }

    [Fact]
    public void Without_a_past_only_a_type_that_mostly_fails_is_a_spike()
    {
        var types = new TypeFailures();
        for (var job = 0; job < 40; job++)
        {
            types.Apply(_story.Event(JobEventKinds.Failed, "f", type: "A.Bad"));
            types.Apply(job % 4 == 0 ? _story.Event(JobEventKinds.Failed, "f", type: "A.Fair") : _story.Event(JobEventKinds.Succeeded, "s", type: "A.Fair"));
        }

        Assert.Equal("A.Bad", Assert.Single(types.Spikes(_story.Now.AddMinutes(1))).Type);
    }
}
