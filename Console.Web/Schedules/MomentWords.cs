using System.Globalization;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules;

/// <summary>Moments of schedules as people say them, by the viewer's clock.</summary>
public static class MomentWords
{
    /// <summary>"Fri 20 Nov, 14:00"; with the year when it is another one, with seconds when there are any.</summary>
    /// <param name="seconds">Writes them in any case: where others in the same list have some.</param>
    public static string Of(ViewerTime viewer, DateTimeOffset at, bool seconds = false)
    {
        var local = viewer.Local(at);
        var year = local.Year == viewer.Local(viewer.Now).Year ? "" : " yyyy";
        return local.ToString($"ddd d MMM{year}, {(local.Second == 0 && !seconds ? "HH:mm" : "HH:mm:ss")}", CultureInfo.InvariantCulture);
    }

    /// <summary>The time of day when the moment is today, otherwise the day: the shortest that is not ambiguous.</summary>
    public static string Brief(ViewerTime viewer, DateTimeOffset at)
    {
        var (local, now) = (viewer.Local(at), viewer.Local(viewer.Now));
        var format = local.Date == now.Date ? "HH:mm" : local.Year == now.Year ? "d MMM" : "d MMM yyyy";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A span that somebody has chosen: "45 s", "90 min", "12 h", "1 day", "1 h 30 min".</summary>
    public static string Span(long seconds) => seconds switch
    {
        < 0 => "0 s",
        86_400 => "1 day",
        > 0 when seconds % 86_400 == 0 => $"{seconds / 86_400:#,0} days",
        > 0 when seconds % 3_600 == 0 => $"{seconds / 3_600} h",
        > 0 when seconds % 60 == 0 && seconds < 7_200 => $"{seconds / 60} min",
        < 60 => $"{seconds} s",
        < 3_600 => $"{seconds / 60} min {seconds % 60} s",
        < 86_400 => $"{seconds / 3_600} h {seconds % 3_600 / 60} min",
        _ => $"{seconds / 86_400} d {seconds % 86_400 / 3_600} h",
    };
}
