namespace OpsConsole.Chaos.Memory;

/// <summary>Straight line through what was seen, by least squares.</summary>
internal static class Slope
{
    /// <returns>Rise in an hour; not a number with less than two moments.</returns>
    public static double PerHour(IReadOnlyCollection<(double Seconds, double Value)> seen)
    {
        var (x, y) = (seen.Select(one => one.Seconds).DefaultIfEmpty().Average(), seen.Select(one => one.Value).DefaultIfEmpty().Average());
        var square = seen.Sum(one => (one.Seconds - x) * (one.Seconds - x));
        return square == 0 ? double.NaN : seen.Sum(one => (one.Seconds - x) * (one.Value - y)) / square * 3_600;
    }
}
