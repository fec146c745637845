using System.Globalization;
using System.Text;

namespace OpsConsole.Web.Kpis;

/// <summary>What a trend shows.</summary>
public enum TrendKind
{
    Done,
    OnTime,
    Wait,
    Jobs,
}

/// <summary>Two courses over the days of a period, on one scale, as paths in a box of <see cref="Width"/> by <see cref="Height"/>.</summary>
public sealed record TrendShape
{
    public const double Width = 720, Height = 150;

    private static readonly double[] s_floors = [99.9, 99.5, 99, 98, 95, 90, 80, 50, 0];

    public required double Bottom { get; init; }

    public required double Top { get; init; }

    public required string NowPath { get; init; }

    public required string BeforePath { get; init; }

    /// <summary>Single days, which a line cannot show.</summary>
    public required IReadOnlyList<(double X, double Y)> Dots { get; init; }

    /// <summary>Height of the target, or null.</summary>
    public required double? TargetY { get; init; }

    /// <param name="days">Of the whole period, so that today stands where it belongs.</param>
    /// <param name="isShare">Percent: the scale ends at 100 and begins where something happens.</param>
    public static TrendShape Of(IReadOnlyList<double?> now, IReadOnlyList<double?> before, double? target, int days, bool isShare)
    {
        var known = now.Concat(before).Append(target).OfType<double>().Where(double.IsFinite).ToList();
        var (bottom, top) = isShare ? (Floor(known), 100d) : (0d, Ceiling(known));
        double Y(double value) => Height - ((Math.Clamp(value, bottom, top) - bottom) / (top - bottom) * Height);
        double X(int day, int of) => of <= 1 ? Width / 2 : day * Width / (of - 1);
        var dots = now.Select((value, day) => (value, day)).Where(one => one.value is not null && (one.day == 0 || now[one.day - 1] is null) && (one.day == now.Count - 1 || now[one.day + 1] is null));
        return new TrendShape
        {
            Bottom = bottom,
            Top = top,
            NowPath = Path(now, day => X(day, days), Y),
            // Months differ in length; the one before is drawn day by day all the same, up to the last day that this one has.
            BeforePath = Path([.. before.Take(days)], day => X(day, days), Y),
            Dots = [.. dots.Select(one => (X(one.day, days), Y(one.value!.Value)))],
            TargetY = target is { } at && at >= bottom && at <= top ? Y(at) : null,
        };
    }

    private static double Floor(List<double> known)
    {
        var lowest = known.Count == 0 ? 99 : known.Min();
        return s_floors.First(floor => floor < lowest || floor == 0);
    }

    private static double Ceiling(List<double> known)
    {
        var highest = known.Count == 0 ? 1 : Math.Max(known.Max(), 1e-3);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        return unit * ((double[])[1, 2, 2.5, 5, 10]).First(step => step * unit >= highest * .9999);
    }

    private static string Path(IReadOnlyList<double?> values, Func<int, double> x, Func<double, double> y)
    {
        var path = new StringBuilder();
        var isDown = false;
        for (var day = 0; day < values.Count; day++)
        {
            if (values[day] is { } value)
                path.Append(isDown ? 'L' : 'M').Append(Text(x(day))).Append(' ').Append(Text(y(value)));
            isDown = values[day] is not null;
        }
        return path.ToString();
    }

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
