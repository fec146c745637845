namespace OpsConsole.Bench.Engine;

/// <summary>Figures of one kind from repeats that took turns with those of other kinds, so that a loaded minute is a burden to all of them.</summary>
internal sealed class Series(string name)
{
    private readonly List<double> _values = [];

    public double Median => Percentile.Of(_values, 0.5);

    public void Add(double value) => _values.Add(value);

    /// <summary>The middle of the ratios within each repeat: steadier than the ratio of the middles.</summary>
    public double RatioTo(Series other) => Percentile.Of(_values.Zip(other._values, (own, others) => own / others), 0.5);

    public Figure Figure(double? atLeast = null, double? atMost = null) => new(name, Median, atLeast, atMost);

    public Figure Ratio(Series other, string ratioName, double? atLeast = null) => new(ratioName, RatioTo(other), atLeast);
}
