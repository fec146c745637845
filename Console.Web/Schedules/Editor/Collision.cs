using System.Globalization;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Schedules.Calendar;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>Other schedules that start in the same minute, and the way out of it.</summary>
/// <param name="Text">What is so.</param>
/// <param name="IsWarning">False while it is hardly worth a thought.</param>
/// <param name="Way">The minute that is better, in words; null when there is none.</param>
/// <param name="Row">The line that would be changed.</param>
/// <param name="Line">What it would be.</param>
public sealed record Collision(string Text, bool IsWarning, string? Way, CronRow? Row, string? Line)
{
    private const int WorthWarning = 5;

    public static Collision? Of(MinuteLoad? load, TimingDraft draft)
    {
        if (load is not { Others: > 0 }) return null;
        var local = load.Moment;
        var isWarning = load.Others >= WorthWarning;
        var text = load.IsHeaviest && isWarning
            ? $"{Clock(local)} is the heaviest minute of that hour: {NumberText.Of(load.Others, "other schedule starts", "other schedules start")} in it."
            : $"{NumberText.Of(load.Others, "other schedule starts", "other schedules start")} in the same minute, at {Clock(local)}.";
        if (!isWarning || load.FindFree() is not { } free) return new Collision(text, isWarning, null, null, null);
        var (row, line) = draft.Cron.Select(row => (row, line: CronMinute.Move(row.Text, local.Minute, free))).FirstOrDefault(pair => pair.line is not null);
        var others = load.ByMinute[free];
        var way = $"{Clock(local.AddMinutes(free - local.Minute))} {(others == 0 ? "is free" : $"has {NumberText.Count(others)}")}.";
        return new Collision(text, isWarning, way, row, line);
    }

    private static string Clock(DateTimeOffset local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);
}
