using OpsConsole.Data.Figures;

namespace OpsConsole.Tests.Data.Figures;

public class FigureCoverTests
{
    private static readonly DateTimeOffset Day = new(2026, 5, 10, 0, 0, 0, TimeSpan.Zero);
    private static readonly FigureOptions Keep = new();

    [Fact]
    public void A_long_stretch_is_days_with_hours_and_minutes_at_its_rims() => Assert.Equal(
        [
            new FigureSpan(FigureGrain.Minute, Day.AddMinutes(-75), Day.AddMinutes(-60)),
            new FigureSpan(FigureGrain.Hour, Day.AddHours(-1), Day),
            new FigureSpan(FigureGrain.Day, Day, Day.AddDays(3)),
            new FigureSpan(FigureGrain.Hour, Day.AddDays(3), Day.AddDays(3).AddHours(2)),
            new FigureSpan(FigureGrain.Minute, Day.AddDays(3).AddHours(2), Day.AddDays(3).AddHours(2).AddMinutes(10)),
        ],
        Cover(Day.AddDays(4), Day.AddMinutes(-75), Day.AddDays(3).AddHours(2).AddMinutes(9.5)));

    [Fact]
    public void Days_of_a_zone_are_one_run_of_hours() =>
        Assert.Equal([new FigureSpan(FigureGrain.Hour, Day.AddHours(-2), Day.AddHours(46))], Cover(Day.AddDays(3), Day.AddHours(-2), Day.AddHours(22), Day.AddHours(46)));

    [Fact]
    public void Where_minutes_are_no_longer_kept_each_hour_counts_once() =>
        Assert.Equal(
            [new FigureSpan(FigureGrain.Hour, Day.AddHours(11), Day.AddHours(13))],
            Cover(Day.AddDays(30), Day.AddHours(10.5), Day.AddHours(11.5), Day.AddHours(12.5)));

    [Fact]
    public void Where_hours_are_no_longer_kept_each_day_counts_once() =>
        Assert.Equal(
            [new FigureSpan(FigureGrain.Day, Day, Day.AddDays(2))],
            Cover(Day.AddDays(500), Day.AddHours(-2), Day.AddHours(22), Day.AddHours(46)));

    [Fact]
    public void Nothing_counts_twice_or_is_left_out_wherever_the_edges_lie()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var now = Day.AddMinutes(random.Next(1_000_000));
            var from = now.AddMinutes(-random.Next(1, 700_000));
            var edges = Enumerable.Range(0, 20).Select(_ => from.AddMinutes(random.Next((int)(now - from).TotalMinutes + 1))).Append(from).Append(now).Order().ToArray();

            var spans = FigureCover.Of(edges, Keep, now);

            Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        }
    }

    private static IReadOnlyList<FigureSpan> Cover(DateTimeOffset now, params DateTimeOffset[] edges) => FigureCover.Of(edges, Keep, now);
}
