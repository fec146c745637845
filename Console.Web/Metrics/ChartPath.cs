using System.Globalization;
using System.Text;

namespace OpsConsole.Web.Metrics;

/// <summary>Draws curves with holes in them as SVG path data, each point in the middle of its step.</summary>
public static class ChartPath
{
    public const double Width = 600;
    public const double Height = 120;

    /// <summary>A line; where a point stands alone, a dot.</summary>
    public static string Line(IReadOnlyList<double?> values, double top)
    {
        var path = new StringBuilder();
        foreach (var (from, until) in Runs(values))
        {
            for (var i = from; i < until; i++)
                Append(path, i == from ? 'M' : 'L', X(i, values.Count), Y(values[i]!.Value, top));
            if (until - from == 1)
                path.Append("h0");
        }
        return path.ToString();
    }

    /// <summary>The area between a line and the axis, or another line.</summary>
    public static string Area(IReadOnlyList<double?> values, IReadOnlyList<double?>? floor, double top)
    {
        var path = new StringBuilder();
        foreach (var (from, until) in Runs(values))
        {
            // A point that stands alone is as wide as its step.
            var (left, right) = until - from == 1 ? (-0.5, 0.5) : (0, 0);
            Append(path, 'M', X(from + left, values.Count), Y(values[from]!.Value, top));
            for (var i = from; i < until; i++)
                Append(path, 'L', X(i + (i == until - 1 ? right : 0), values.Count), Y(values[i]!.Value, top));
            for (var i = until - 1; i >= from; i--)
                Append(path, 'L', X(i + (i == until - 1 ? right : i == from ? left : 0), values.Count), Y(floor?[i] ?? 0, top));
            if (until - from == 1)
                Append(path, 'L', X(from + left, values.Count), Y(floor?[from] ?? 0, top));
            path.Append('z');
        }
        return path.ToString();
    }

    private static IEnumerable<(int From, int Until)> Runs(IReadOnlyList<double?> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is null)
                continue;
            var from = i;
            while (i < values.Count && values[i] is not null)
                i++;
            yield return (from, i);
        }
    }

    private static double X(double index, int count) => (index + 0.5) * Width / count;

    private static double Y(double value, double top) => Height - (Math.Clamp(value / Math.Max(top, 1e-9), 0, 1) * Height);

    private static void Append(StringBuilder path, char command, double x, double y) => path.Append(command).Append(CultureInfo.InvariantCulture, $"{x:0.#} {y:0.#}");
}
