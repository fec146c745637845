using System.Globalization;
using OpsConsole.Data.Figures;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Metrics;

/// <summary>Searches that find the attempts which figures count.</summary>
public static class JobsBehind
{
    /// <param name="more">Further terms.</param>
    public static string Href(FigureFilter filter, DateTimeOffset from, DateTimeOffset until, string? more = null) => Links.JobSearch(string.Join(' ', Terms(filter, from, until, more)));

    /// <summary>The jobs of several hours, such as those of one hour of the week.</summary>
    /// <param name="hours">Their begins; at least one.</param>
    public static string Href(FigureFilter filter, IReadOnlyList<DateTimeOffset> hours, string? more = null)
    {
        if (hours.Count == 1)
            return Href(filter, hours[0], hours[0].AddHours(1), more);
        var when = string.Join(" or ", hours.Select(hour => $"(since:{MetricsAddress.Moment(hour)} until:{MetricsAddress.Moment(hour.AddHours(1))})"));
        return Links.JobSearch(string.Join(' ', [.. Terms(filter, more), $"({when})"]));
    }

    /// <summary>A comparison with a duration, a bit below what it is called with, for percentiles are rounded.</summary>
    public static string AtLeast(string field, TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{field}>={Math.Max(0, Math.Floor(span.TotalMilliseconds * (1 - DurationHistogram.Error)))}ms");

    private static IEnumerable<string> Terms(FigureFilter filter, DateTimeOffset from, DateTimeOffset until, string? more) =>
        [.. Terms(filter, more), "since:" + MetricsAddress.Moment(from), "until:" + MetricsAddress.Moment(until)];

    private static IEnumerable<string> Terms(FigureFilter filter, string? more)
    {
        foreach (var (field, value) in (IEnumerable<(string, string?)>)[("type", filter.Type), ("queue", filter.Queue), ("host", filter.Host)])
            if (value is not null && value != FigureLimits.Other)
                yield return $"{field}:{Quoted(value)}";
        if (more is not null)
            yield return more;
    }

    private static string Quoted(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && char.IsAsciiLetterOrDigit(value[0])
            ? value
            : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
