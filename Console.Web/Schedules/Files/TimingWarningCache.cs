using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>Warnings of timings for many schedules at once: they cost a walk through the moments, and many schedules share a timing.</summary>
internal sealed class TimingWarningCache(DateTimeOffset now)
{
    private readonly Dictionary<string, IReadOnlyList<DefinitionProblem>> _known = new(StringComparer.Ordinal);

    public IReadOnlyList<DefinitionProblem> Of(ScheduleTiming timing, IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> calendars)
    {
        var text = ScheduleJson.Write(timing);
        if (_known.TryGetValue(text, out var known))
            return known;
        return _known[text] = Timetable.Compile(timing, calendars).Timetable is { } timetable
            ? [.. TimingWarnings.Of(timing, timetable, now).Select(warning => new DefinitionProblem(warning.Path, warning.Message, IsWarning: true))]
            : [];
    }
}
