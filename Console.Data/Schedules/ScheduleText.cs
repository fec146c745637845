namespace OpsConsole.Data.Schedules;

/// <summary>What the database keeps of the texts of a definition: storable, bounded, and in the forms that it is searched by.</summary>
internal static class ScheduleText
{
    public static ScheduleDefinition Clean(ScheduleDefinition definition) => definition with
    {
        Name = StoredText.Clean(definition.Name, ScheduleLimits.Name).Trim(),
        Description = StoredText.Clean(definition.Description, ScheduleLimits.Description),
        Owner = StoredText.Clean(definition.Owner, ScheduleLimits.Owner).Trim(),
        Tags = [.. definition.Tags.Select(tag => StoredText.Clean(tag, ScheduleLimits.Tag).Trim()).Where(tag => tag.Length > 0).Distinct().Take(ScheduleLimits.Tags)],
        Job = Clean(definition.Job),
        When = Clean(definition.When),
    };

    /// <summary>Names that differ only in case are the same name, whatever the collation of the database.</summary>
    public static string Key(string name) => StoredText.Clean(name, ScheduleLimits.Name).Trim().Normalize().ToUpperInvariant();

    public static string Search(ScheduleDefinition definition) => string.Join(
        '\n', [definition.Name, definition.Description, definition.Owner, definition.Job.Type, .. definition.Tags]).Normalize().ToUpperInvariant();

    /// <summary>A pattern for LIKE that finds the text anywhere, whatever characters it has.</summary>
    public static string Pattern(string text) => "%" + StoredText.Clean(text, ScheduleLimits.Name).Trim().Normalize().ToUpperInvariant()
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    // Arguments are JSON: cutting them would break them, so their size is a matter of the checks before.
    private static ScheduledJob Clean(ScheduledJob job) => new()
    {
        Type = StoredText.Clean(job.Type, ScheduleLimits.JobType).Trim(),
        Arguments = StoredText.Clean(job.Arguments, int.MaxValue),
        Queue = string.IsNullOrWhiteSpace(job.Queue) ? null : StoredText.Clean(job.Queue, ScheduleLimits.Queue).Trim(),
    };

    private static ScheduleTiming Clean(ScheduleTiming when) => when with
    {
        TimeZone = StoredText.Clean(when.TimeZone, ScheduleLimits.Note),
        Cron = [.. when.Cron.Select(line => StoredText.Clean(line, ScheduleLimits.Note))],
        ExceptRanges = [.. when.ExceptRanges.Select(range => range with { Note = StoredText.Clean(range.Note, ScheduleLimits.Note) })],
        ExceptCalendars = [.. when.ExceptCalendars.Select(name => StoredText.Clean(name, ScheduleLimits.CalendarName)).Distinct()],
    };
}
