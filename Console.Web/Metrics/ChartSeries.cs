namespace OpsConsole.Web.Metrics;

/// <summary>How a curve looks. Names are classes of SeriesChart's stylesheet.</summary>
public enum ChartLook
{
    /// <summary>Filled, for what is well.</summary>
    Good,
    /// <summary>Filled and hatched, for what failed.</summary>
    Bad,
    /// <summary>Filled, without a meaning.</summary>
    Plain,
    /// <summary>A line of what failed.</summary>
    Wrong,
    /// <summary>The line to look at.</summary>
    Main,
    /// <summary>A thinner one beside it.</summary>
    Side,
    /// <summary>The thinnest.</summary>
    Faint,
    /// <summary>Dashed: what it was before.</summary>
    Was,
    /// <summary>Dashed: how much there is room for.</summary>
    Limit,
}

/// <summary>One curve.</summary>
/// <param name="Values">Null where nothing is known.</param>
/// <param name="Floor">Where its area begins; null for the axis.</param>
public sealed record ChartSeries(string Name, ChartLook Look, IReadOnlyList<double?> Values, IReadOnlyList<double?>? Floor = null)
{
    public bool IsArea => Look is ChartLook.Good or ChartLook.Bad or ChartLook.Plain;

    public bool IsKnown => Values.Any(value => value is not null);
}

/// <summary>One chart with its scale.</summary>
/// <param name="Figure">What it comes to over the whole range.</param>
/// <param name="Top">Value at the upper edge.</param>
/// <param name="Mark">How a value of the axis is written.</param>
/// <param name="Points">What each point says, and where it leads.</param>
public sealed record MetricsChart(
    string Title, string Note, string Figure, IReadOnlyList<ChartSeries> Series, double Top, Func<double, string> Mark, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>What it shows where that is more than the filters ask for, such as "whole fleet"; else null.</summary>
    public string? Wider { get; init; }


    public bool IsEmpty => Series.All(series => !series.IsKnown || series.Look == ChartLook.Was);
}

/// <summary>One point of a chart.</summary>
public sealed record ChartPoint(string Words, string Href);
