using System.Globalization;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Kpis;

/// <summary>How figures are written for people who do not read them every day.</summary>
public static class KpiText
{
    /// <summary>"99.62": rounded down, so that nothing that fell short looks as if it had not; a dash for nothing known.</summary>
    public static string Percent(double? share) => share is not { } known || !double.IsFinite(known)
        ? "–" : (Math.Floor((known * 10_000) + 1e-6) / 100).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>"99.5 %", as it was set.</summary>
    public static string Objective(decimal percent) => percent.ToString("0.###", CultureInfo.InvariantCulture) + " %";

    /// <summary>A count that is read at a glance: "412", "98,120", "1.84 million".</summary>
    public static (string Figure, string Unit) Glance(long count) => count switch
    {
        >= 1_000_000_000 => ((count / 1e9).ToString("0.00", CultureInfo.InvariantCulture), "billion"),
        >= 1_000_000 => ((count / 1e6).ToString("0.00", CultureInfo.InvariantCulture), "million"),
        _ => (NumberText.Count(count), ""),
    };

    /// <summary>A wait that is read at a glance: "1.2" and "s".</summary>
    public static (string Figure, string Unit) Glance(TimeSpan? span)
    {
        if (span is not { } known)
            return ("–", "");
        var text = TimeText.Measured(known);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return (text[..space], text[(space + 1)..]);
    }

    /// <summary>"↑ 6.1 %" of a count on an earlier one; null where nothing can be compared.</summary>
    public static string? Change(long now, long before)
    {
        if (before == 0)
            return null;
        var change = (now - before) / (double)before * 100;
        return Math.Abs(change) < .05 ? "unchanged" : Arrow(change) + (Math.Abs(change) < 1_000
            ? Math.Abs(change).ToString("0.0", CultureInfo.InvariantCulture) + " %" : $"{NumberText.Count(now / before)} times as many");
    }

    /// <summary>"↑ 0.12" of a share on an earlier one, in points of percent; null where nothing can be compared.</summary>
    public static string? Points(double? now, double? before)
    {
        if (now is not { } n || before is not { } b)
            return null;
        var change = (n - b) * 100;
        return Math.Abs(change) < .005 ? "unchanged" : Arrow(change) + Math.Abs(change).ToString("0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>"5 days", "14 hours", "40 minutes".</summary>
    public static string About(TimeSpan span) => span switch
    {
        { TotalHours: < 1 } => NumberText.Of(Math.Max(1, (long)Math.Round(span.TotalMinutes)), "minute", "minutes"),
        { TotalHours: < 48 } => NumberText.Of((long)Math.Round(span.TotalHours), "hour", "hours"),
        _ => NumberText.Of((long)Math.Round(span.TotalDays), "day", "days"),
    };

    private static string Arrow(double change) => change > 0 ? "↑ " : "↓ ";
}
