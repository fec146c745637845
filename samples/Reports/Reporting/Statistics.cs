namespace OpsConsole.Samples.Reports.Reporting;

internal static class Statistics
{
    /// <summary>Percentile of sorted values, between neighbours by share; 0 for none.</summary>
    public static decimal Percentile(IReadOnlyList<decimal> sorted, double percent)
    {
        if (sorted.Count == 0)
            return 0;
        var place = (sorted.Count - 1) * percent / 100;
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (decimal)(place - below);
    }

    /// <summary>Slope of the least-squares line through values one step apart; 0 for fewer than two.</summary>
    public static double Slope(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return 0;
        var middle = (values.Count - 1) / 2.0;
        var mean = values.Average();
        double over = 0, under = 0;
        for (var i = 0; i < values.Count; i++)
        {
            over += (i - middle) * (values[i] - mean);
            under += (i - middle) * (i - middle);
        }
        return over / under;
    }
}
