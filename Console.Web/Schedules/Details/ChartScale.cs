using System.Globalization;

namespace OpsConsole.Web.Schedules.Details;

/// <summary>An axis of spans of time: a handful of round marks that hold the longest value.</summary>
public sealed record ChartScale(double TopSeconds, IReadOnlyList<(double Seconds, string Text)> Marks)
{
    private const int MostMarks = 4;
    private static readonly double[] s_steps =
    [
        .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
    ];

    public static ChartScale Of(TimeSpan longest)
    {
        var seconds = Math.Max(longest.TotalSeconds, .001);
        var step = s_steps.FirstOrDefault(step => seconds / step <= MostMarks, Math.Ceiling(seconds / MostMarks / 604_800) * 604_800);
        var count = Math.Max(1, (int)Math.Ceiling(seconds / step - 1e-9));
        return new ChartScale(step * count, [.. Enumerable.Range(0, count + 1).Select(i => (i * step, Text(i * step, step)))]);
    }

    /// <summary>Share of the height, from 0 at the foot to 1 at the top.</summary>
    public double Height(TimeSpan value) => Math.Clamp(value.TotalSeconds / TopSeconds, 0, 1);

    private static string Text(double seconds, double step) => step switch
    {
        _ when seconds == 0 => "0",
        < 1 when seconds < 1 || step < .1 => N(seconds * 1_000) + " ms",
        < 60 when seconds < 120 => N(seconds) + " s",
        < 3_600 when seconds < 7_200 => N(seconds / 60) + " min",
        < 86_400 when seconds < 172_800 => N(seconds / 3_600) + " h",
        _ => N(seconds / 86_400) + " d",
    };

    private static string N(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
