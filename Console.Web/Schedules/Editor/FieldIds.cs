using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>The element of the page in which a member of the definition is typed.</summary>
public static class FieldIds
{
    public static string Of(string path, ScheduleDraft draft, ArgumentForm? arguments) => path switch
    {
        _ when Row(path, "when.cron[", draft.When.Cron) is { } row => $"cron-{row}",
        _ when Row(path, "when.every[", draft.When.Every) is { } row => $"every-{row}",
        _ when Row(path, "when.at[", draft.When.At) is { } row => $"at-{row}",
        _ when Row(path, "when.exceptRanges[", draft.When.Ranges) is { } row => $"range-{row}-from",
        // Only a row that cannot be read has no path in the definition.
        "" => Unreadable(draft.When),
        "when.timeZone" => "zone",
        "when.start" => "start",
        "when.end" => "end",
        "when.jitterSeconds" => "jitter",
        "job.type" => "job-type",
        "job.queue" => "queue",
        "catchUp.windowSeconds" => "window",
        "catchUp.limit" => "limit",
        "graceSeconds" => "grace",
        "expirySeconds" => "expiry",
        _ when path.StartsWith("when", StringComparison.Ordinal) => "cron-0",
        _ when path.StartsWith("job.arguments", StringComparison.Ordinal) => Argument(path, arguments),
        _ when path.StartsWith("tags", StringComparison.Ordinal) => "tags",
        _ => path,
    };

    private static string Unreadable(TimingDraft when) =>
        when.Every.FindIndex(row => row.Problem is not null) is >= 0 and var every ? $"every-{every}"
        : when.At.FindIndex(row => row.Problem is not null) is >= 0 and var at ? $"at-{at}"
        : $"range-{Math.Max(0, when.Ranges.FindIndex(row => row.Problem is not null))}-from";

    private static string Argument(string path, ArgumentForm? form)
    {
        if (form is null) return "arguments";
        if (form.IsJson) return "json";
        var name = path.Length > "job.arguments.".Length ? path["job.arguments.".Length..].Split('.', '[')[0] : "";
        return $"argument-{Math.Max(0, form.Fields.ToList().FindIndex(field => field.Name == name))}";
    }

    private static int? Row<T>(string path, string start, List<T> rows) where T : DraftRow
    {
        if (!path.StartsWith(start, StringComparison.Ordinal)) return null;
        var end = path.IndexOf(']', start.Length);
        return end > 0 && int.TryParse(path.AsSpan(start.Length, end - start.Length), out var index) && rows.FindIndex(row => row.Index == index) is >= 0 and var at ? at : null;
    }
}
