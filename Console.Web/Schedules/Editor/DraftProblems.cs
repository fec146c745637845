using System.Globalization;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>What of the typed texts cannot be read, by the path of its field; and the reading of those fields.</summary>
public sealed class DraftProblems
{
    private readonly Dictionary<string, string> _byPath = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> ByPath => _byPath;

    public int? Span(string path, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var (seconds, problem) = SpanText.Read(text);
        if (problem is not null) _byPath[path] = problem;
        return seconds;
    }

    public DateTime? Moment(string path, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var local = LocalTime.Read(text);
        if (local is null) _byPath[path] = "This is no date and time.";
        return local;
    }

    public TimeOnly? TimeOfDay(string path, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        _byPath[path] = "Give a time of day such as 06:00.";
        return null;
    }

    public long? Count(string path, string text, long most)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (long.TryParse(text.Trim().Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= most) return count;
        _byPath[path] = $"Give a whole number, at most {NumberText.Count(most)}.";
        return null;
    }
}
