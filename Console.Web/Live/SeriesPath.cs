using System.Globalization;
using System.Text;

namespace OpsConsole.Web.Live;

/// <summary>Draws series as SVG path data. Made once per tick; every viewer gets the same string.</summary>
public static class SeriesPath
{
    /// <summary>A line through the points, evenly spaced from left to right in a box of this size.</summary>
    public static string Line(IReadOnlyList<double> points, double top, double width, double height) =>
        points.Count < 2 ? "" : Draw(new StringBuilder("M"), points, top, width, height, backwards: false).ToString();

    /// <summary>As <see cref="Line"/>, but only where the points lie above the other line, with a step on either side.</summary>
    public static string LineAbove(IReadOnlyList<double> points, IReadOnlyList<double> other, double top, double width, double height)
    {
        bool IsAbove(int i) => i >= 0 && i < points.Count && points[i] > other[i];
        var path = new StringBuilder();
        var pen = false;
        for (var i = 0; i < points.Count; i++)
        {
            var shown = IsAbove(i - 1) || IsAbove(i) || IsAbove(i + 1);
            if (shown)
                path.Append(pen ? 'L' : 'M').Append(CultureInfo.InvariantCulture, $"{i * width / (points.Count - 1):0.#} {Y(points[i], top, height):0.#}");
            pen = shown;
        }
        return path.ToString();
    }

    /// <summary>The area between two lines, or between one and the floor.</summary>
    public static string Area(IReadOnlyList<double> upper, IReadOnlyList<double>? lower, double top, double width, double height)
    {
        if (upper.Count < 2)
            return "";
        var path = Draw(new StringBuilder("M"), upper, top, width, height, backwards: false).Append('L');
        return Draw(path, lower ?? [0, 0], top, width, height, backwards: true).Append('z').ToString();
    }

    /// <summary>The next number that four grid lines divide evenly: an axis that people can read off.</summary>
    public static double NiceTop(double largest)
    {
        if (!(largest > 4))
            return 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        foreach (var step in (double[])[1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8])
            if (largest <= step * power)
                return step * power;
        return 10 * power;
    }

    public static double Y(double value, double top, double height) => height - (Math.Clamp(value / Math.Max(top, 1e-9), 0, 1) * height);

    private static StringBuilder Draw(StringBuilder path, IReadOnlyList<double> points, double top, double width, double height, bool backwards)
    {
        for (var n = 0; n < points.Count; n++)
        {
            var i = backwards ? points.Count - 1 - n : n;
            path.Append(n > 0 ? "L" : "").Append(CultureInfo.InvariantCulture, $"{i * width / (points.Count - 1):0.#} {Y(points[i], top, height):0.#}");
        }
        return path;
    }
}
