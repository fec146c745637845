namespace OpsConsole.Samples.Reports.Traffic;

/// <summary>How busy a working day is at each of its moments: quiet nights, a morning peak, lunch, an afternoon peak. Its mean is 1.</summary>
internal static class DayCurve
{
    private const double Night = 0.6;
    private static readonly double Mean = Enumerable.Range(0, 1_440).Average(minute => Shape(minute / 60.0));

    /// <param name="moment">Now.</param>
    /// <param name="dayMinutes">A whole curve is passed in this many minutes.</param>
    public static double At(DateTimeOffset moment, int dayMinutes)
    {
        var share = moment.ToUnixTimeMilliseconds() / 60_000.0 % dayMinutes / dayMinutes;
        return Shape(share * 24) / Mean;
    }

    private static double Shape(double hour) => Night + Bump(hour, 10.3, 1.9) + 0.9 * Bump(hour, 15.2, 2.1) + 0.2 * Bump(hour, 20, 1.5);

    private static double Bump(double hour, double peak, double width) => Math.Exp(-Math.Pow((hour - peak) / width, 2) / 2);
}
