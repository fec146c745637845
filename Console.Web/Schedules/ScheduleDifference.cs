using System.Globalization;
using System.Text.Json;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules;

/// <summary>What differs between two definitions, member by member: for versions, conflicts, imports, drift and the audit.</summary>
public static class ScheduleDifference
{
    /// <summary>Most lines of one difference.</summary>
    public const int MostLines = 500;

    /// <summary>In the order of the definition; empty when they say the same.</summary>
    public static IReadOnlyList<ChangedMember> Between(ScheduleDefinition before, ScheduleDefinition after)
    {
        var lines = new List<ChangedMember>();
        foreach (var ((path, old), (_, now)) in Members(before).Zip(Members(after)))
        {
            if (path == "job.arguments")
                lines.AddRange(ArgumentDifference.Between(path, old ?? "", now ?? ""));
            else if (old != now)
                lines.Add(new ChangedMember(path, old, now));
            if (Lists(path) is { } list)
                lines.AddRange(ListDifference.Between(path, list(before), list(after)));
        }
        return lines.Count > MostLines ? [.. lines.Take(MostLines)] : lines;
    }

    /// <summary>Each member with its value as text; a list stands here only by its place in the order.</summary>
    private static IEnumerable<(string Path, string? Text)> Members(ScheduleDefinition it) =>
    [
        ("name", it.Name),
        ("description", Text(it.Description)),
        ("owner", Text(it.Owner)),
        ("tags", null),
        ("job.type", it.Job.Type),
        ("job.arguments", it.Job.Arguments),
        ("job.queue", it.Job.Queue),
        ("when.timeZone", it.When.TimeZone),
        ("when.cron", null),
        ("when.every", null),
        ("when.at", null),
        ("when.exceptRanges", null),
        ("when.exceptCalendars", null),
        ("when.start", Local(it.When.Start)),
        ("when.end", Local(it.When.End)),
        ("when.jitterSeconds", Text(it.When.JitterSeconds)),
        ("when.skippedTime", Text(it.When.SkippedTime)),
        ("when.repeatedTime", Text(it.When.RepeatedTime)),
        ("overlap", Text(it.Overlap)),
        ("bufferLimit", Text(it.BufferLimit)),
        ("catchUp.mode", Text(it.CatchUp.Mode)),
        ("catchUp.windowSeconds", Text(it.CatchUp.WindowSeconds)),
        ("catchUp.limit", Text(it.CatchUp.Limit)),
        ("graceSeconds", Text(it.GraceSeconds)),
        ("expirySeconds", Text(it.ExpirySeconds)),
        ("maxRuns", Text(it.MaxRuns)),
        ("pauseAfterFailures", Text(it.PauseAfterFailures)),
        ("deadline", it.Deadline?.ToString("HH:mm:ss", CultureInfo.InvariantCulture)),
    ];

    private static Func<ScheduleDefinition, IEnumerable<string>>? Lists(string path) => path switch
    {
        "tags" => it => it.Tags,
        "when.cron" => it => it.When.Cron,
        "when.every" => it => it.When.Every.Select(every => every.PhaseSeconds == 0 ? $"{every.Seconds} s" : $"{every.Seconds} s, phase {every.PhaseSeconds} s"),
        "when.at" => it => it.When.At.Select(at => Local(at)!),
        "when.exceptRanges" => it => it.When.ExceptRanges.Select(range => $"{Local(range.From)} to {Local(range.To)}{(range.Note.Length > 0 ? ", " + range.Note : "")}"),
        "when.exceptCalendars" => it => it.When.ExceptCalendars,
        _ => null,
    };

    private static string? Text(string text) => text.Length == 0 ? null : text;

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Text<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string? Local(DateTime? at) => at?.ToString(at.Value.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
}
