using System.Globalization;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Metrics;

/// <summary>How the page names the stretches of time that its points stand for.</summary>
public static class StepWords
{
    /// <summary>"Fri 20 Nov 14:15 to 14:30", "Fri 20 Nov", "16 to 22 Nov".</summary>
    public static string Of(ViewerTime viewer, MetricsRange range, DateTimeOffset from, DateTimeOffset until)
    {
        var (first, last) = (viewer.Local(from), viewer.Local(until));
        return range.Days switch
        {
            0 => $"{Text(first, "ddd d MMM HH:mm")} to {Text(last, "HH:mm")}",
            1 => Text(first, "ddd d MMM yyyy"),
            _ => $"{Text(first, "d MMM")} to {Text(viewer.Local(until.AddTicks(-1)), "d MMM yyyy")}",
        };
    }

    /// <summary>Beneath an axis: "14:15", "20 Nov", "Nov 2026".</summary>
    public static string Axis(ViewerTime viewer, MetricsRange range, DateTimeOffset at) => Text(viewer.Local(at), range switch
    {
        { Days: 7 } => "MMM yyyy",
        { Days: > 0 } or { Minutes: 120 } => "d MMM",
        _ => "HH:mm",
    });

    /// <summary>"20 Nov 14:15 to 21 Nov 14:15", for the line under the title.</summary>
    public static string Whole(ViewerTime viewer, MetricsWindow window, MetricsRange range)
    {
        var (first, last) = (viewer.Local(window.From), viewer.Local(window.IsRunning ? window.Now : window.Until));
        if (range.Days > 0)
            return $"{Text(first, "d MMM yyyy")} to {Text(window.IsRunning ? last : viewer.Local(window.Until.AddTicks(-1)), "d MMM yyyy")}";
        return first.Date == last.Date ? $"{Text(first, "d MMM yyyy HH:mm")} to {Text(last, "HH:mm")}" : $"{Text(first, "d MMM HH:mm")} to {Text(last, "d MMM yyyy HH:mm")}";
    }

    private static string Text(DateTimeOffset local, string format) => local.ToString(format, CultureInfo.InvariantCulture);
}
