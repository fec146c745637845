namespace OpsConsole.Data.Figures;

/// <summary>A run of rows of one length. <paramref name="Until"/> is exclusive.</summary>
public readonly record struct FigureSpan(FigureGrain Grain, DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// Finds the fewest rows that make up stretches of time: days inside, hours at the rims, minutes at theirs. Where the shorter ones are
/// no longer kept, a longer one counts into the stretch that it begins in, so that none counts twice.
/// </summary>
public sealed class FigureCover
{
    private readonly List<FigureSpan> _spans = [];
    private readonly DateTimeOffset _minutesSince;
    private readonly DateTimeOffset _hoursSince;

    private FigureCover(DateTimeOffset minutesSince, DateTimeOffset hoursSince) => (_minutesSince, _hoursSince) = (minutesSince, hoursSince);

    /// <summary>Spans for the stretches between edges, in order of time.</summary>
    public static IReadOnlyList<FigureSpan> Of(IReadOnlyList<DateTimeOffset> edges, FigureOptions keep, DateTimeOffset now)
    {
        var cover = new FigureCover(
            FigureGrain.Hour.Ceiling(now.AddDays(-keep.KeepMinutesDays)), FigureGrain.Day.Ceiling(now.AddDays(-keep.KeepHoursDays)));
        for (var i = 1; i < edges.Count; i++)
            cover.Days(edges[i - 1].ToUniversalTime(), edges[i].ToUniversalTime());
        return cover._spans;
    }

    private void Days(DateTimeOffset from, DateTimeOffset until)
    {
        var (first, last) = (FigureGrain.Day.Ceiling(from), FigureGrain.Day.Floor(until));
        if (first > last)
        {
            Hours(from, until);
            return;
        }
        Hours(from, first);
        Add(FigureGrain.Day, first, last);
        Hours(last, until);
    }

    private void Hours(DateTimeOffset from, DateTimeOffset until)
    {
        if (from >= until)
            return;
        // All of it lies in one day, so the whole of that day is taken one way or the other.
        if (FigureGrain.Day.Floor(from) < _hoursSince)
        {
            Add(FigureGrain.Day, FigureGrain.Day.Ceiling(from), FigureGrain.Day.Ceiling(until));
            return;
        }
        var (first, last) = (FigureGrain.Hour.Ceiling(from), FigureGrain.Hour.Floor(until));
        if (first > last)
        {
            Minutes(from, until);
            return;
        }
        Minutes(from, first);
        Add(FigureGrain.Hour, first, last);
        Minutes(last, until);
    }

    private void Minutes(DateTimeOffset from, DateTimeOffset until)
    {
        if (from >= until)
            return;
        var grain = FigureGrain.Hour.Floor(from) < _minutesSince ? FigureGrain.Hour : FigureGrain.Minute;
        Add(grain, grain.Ceiling(from), grain.Ceiling(until));
    }

    private void Add(FigureGrain grain, DateTimeOffset from, DateTimeOffset until)
    {
        if (from >= until)
            return;
        if (_spans.Count > 0 && _spans[^1] is var last && last.Grain == grain && last.Until == from)
            _spans[^1] = last with { Until = until };
        else
            _spans.Add(new FigureSpan(grain, from, until));
    }
}
