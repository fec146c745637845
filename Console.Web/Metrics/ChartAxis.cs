using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Metrics;

/// <summary>Upper ends of axes that four lines divide into numbers that people can read off.</summary>
public static class ChartAxis
{
    private static readonly double[] Steps = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8];
    private static readonly double[] Percents = [0.04, 0.2, 0.4, 0.8, 2, 4, 8, 12, 20, 40, 60, 80, 100];

    private static readonly double[] Spans =
    [
        4, 8, 20, 40, 100, 200, 400, 800, 2_000, 4_000, 8_000, 20_000, 40_000, 60_000, 120_000, 240_000, 480_000, 1_200_000, 2_400_000, 3_600_000, 7_200_000,
        14_400_000, 28_800_000, 86_400_000, 172_800_000, 345_600_000, 691_200_000, 1_728_000_000, 3_456_000_000,
    ];

    public static double OfNumbers(double largest)
    {
        if (!(largest > 0))
            return 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        return Steps.Select(step => step * power).FirstOrDefault(top => largest <= top * 1.000_001, 10 * power);
    }

    /// <summary>Of things that there is no half of.</summary>
    public static double OfThings(double largest) => Math.Max(4, OfNumbers(largest));

    public static double OfPercents(double largest) => Percents.FirstOrDefault(top => largest <= top, 100);

    /// <param name="largest">ms.</param>
    public static double OfSpans(double largest) => Spans.FirstOrDefault(top => largest <= top, OfNumbers(largest));

    public static string Number(double value) => NumberText.Measure(value);

    public static string Percent(double value) => NumberText.Measure(value) + " %";

    /// <param name="value">ms.</param>
    public static string Span(double value) => value == 0 ? "0" : TimeText.Measured(TimeSpan.FromMilliseconds(value)).Replace(" 00 s", "", StringComparison.Ordinal).Replace(" 00 min", "", StringComparison.Ordinal);
}
