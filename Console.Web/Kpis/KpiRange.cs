namespace OpsConsole.Web.Kpis;

/// <summary>The moments of a period in one zone, at one moment.</summary>
public sealed record KpiRange
{
    private KpiRange(KpiPeriod period, TimeZoneInfo zone, DateTimeOffset now)
    {
        (Period, Zone, Now) = (period, zone, now);
        (From, End) = (Begin(period.First), Begin(period.End));
        Until = now <= From ? From : now < End ? now : End;
        (FromBefore, EndBefore) = (Begin(period.Before.First), From);
        // As far into the period before as it is into this one: a month that is half over is compared with half a month.
        var reached = FromBefore + (Until - From);
        UntilBefore = IsOver || reached > EndBefore ? EndBefore : reached;
    }

    public KpiPeriod Period { get; }

    public TimeZoneInfo Zone { get; }

    public DateTimeOffset Now { get; }

    public DateTimeOffset From { get; }

    /// <summary>Where it ends.</summary>
    public DateTimeOffset End { get; }

    /// <summary>Up to where anything can be known: now, or its end.</summary>
    public DateTimeOffset Until { get; }

    public DateTimeOffset FromBefore { get; }

    public DateTimeOffset EndBefore { get; }

    /// <summary>Counts are compared with what was counted up to here.</summary>
    public DateTimeOffset UntilBefore { get; }

    public bool IsOver => Now >= End;

    public bool IsFuture => Now <= From;

    public static KpiRange Of(KpiPeriod period, TimeZoneInfo zone, DateTimeOffset now) => new(period, zone, now);

    /// <summary>Begins of the days of a period, and its end.</summary>
    public IReadOnlyList<DateTimeOffset> Edges(KpiPeriod period) => [.. Enumerable.Range(0, period.Days + 1).Select(day => Begin(period.First.AddDays(day)))];

    /// <summary>The day that holds a moment.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>The first moment of a day, also where the clocks skip midnight.</summary>
    private DateTimeOffset Begin(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        // Of a midnight that comes twice the first one begins the day.
        var offset = Zone.IsAmbiguousTime(midnight) ? Zone.GetAmbiguousTimeOffsets(midnight).Max() : Zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}
