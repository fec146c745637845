namespace OpsConsole.Bench;

/// <summary>Nearest-rank percentiles.</summary>
internal static class Percentile
{
    /// <param name="values">In any order; not a number when there are none.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
