using System.Globalization;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Failures;

/// <summary>Moments until which one snoozes, in the viewer's zone.</summary>
internal static class SnoozeEnds
{
    private const int MorningHour = 8;

    public static IReadOnlyList<(string Value, string Text)> Of(ViewerTime viewer)
    {
        var now = viewer.Now;
        var today = viewer.Local(now).Date;
        var monday = today.AddDays(((int)DayOfWeek.Monday - (int)today.DayOfWeek + 6) % 7 + 1);
        return
        [
            (Write(now.AddHours(1)), "in 1 hour"),
            (Write(now.AddHours(4)), "in 4 hours"),
            .. Morning(viewer, today.AddDays(1), "tomorrow"),
            .. Morning(viewer, monday, "on Monday"),
            ("", "no time, only the count below"),
        ];
    }

    private static IEnumerable<(string, string)> Morning(ViewerTime viewer, DateTime day, string words) =>
        LocalTime.Parse(LocalTime.Write(day.AddHours(MorningHour)), viewer.Zone) is { } at ? [(Write(at), $"{words} at 08:00, {viewer.ShortName}")] : [];

    private static string Write(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
