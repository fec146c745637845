using System.Text.Json;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Turns stored definitions into plans. Equal timings share one timetable and equal texts one string, because a hundred thousand
/// schedules are often a few dozen kinds.
/// </summary>
public sealed class PlanReader(IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> calendars)
{
    private const int MaxShared = 200_000;
    private readonly Dictionary<string, TimetableMoments> _moments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The plan, or why there is none. Never throws for what is stored.</summary>
    public (RunnerPlan? Plan, string? Fault) Read(string definition)
    {
        try
        {
            var read = ScheduleJson.Read(definition);
            var (moments, fault) = MomentsOf(TimingText(definition), read.When);
            return moments is null ? (null, fault) : (PlanOf(read, moments), null);
        }
        catch (Exception e)
        {
            // Whatever it is, it is wrong with this one schedule alone.
            return (null, $"Its definition cannot be read: {e.Message}");
        }
    }

    private (IMoments? Moments, string? Fault) MomentsOf(string key, ScheduleTiming timing)
    {
        if (_moments.TryGetValue(key, out var shared))
            return (shared, null);
        var result = Timetable.Compile(timing, calendars);
        if (result.Timetable is null)
            return (null, $"Its timing cannot be run: {string.Join(" ", result.Problems.Take(3).Select(problem => $"{problem.Path}: {problem.Message}"))}");
        if (_moments.Count >= MaxShared)
            _moments.Clear();
        return (_moments[key] = new TimetableMoments(result.Timetable), null);
    }

    private RunnerPlan PlanOf(ScheduleDefinition read, IMoments moments) => new()
    {
        Name = read.Name,
        JobType = Shared(read.Job.Type),
        Arguments = Shared(read.Job.Arguments),
        Queue = read.Job.Queue is { } queue ? Shared(queue) : null,
        TimeZone = Shared(read.When.TimeZone),
        Moments = moments,
        Calendars = read.When.ExceptCalendars.Count == 0 ? [] : read.When.ExceptCalendars,
        Overlap = read.Overlap,
        Owner = Shared(read.Owner),
        Tags = read.Tags.Count == 0 ? [] : [.. read.Tags.Select(Shared)],
        BufferLimit = read.BufferLimit,
        CatchUp = read.CatchUp == RunnerPlan.Standard ? RunnerPlan.Standard : read.CatchUp,
        GraceSeconds = read.GraceSeconds,
        ExpirySeconds = read.ExpirySeconds,
        MaxRuns = read.MaxRuns,
        PauseAfterFailures = read.PauseAfterFailures,
        Deadline = read.Deadline,
    };

    private string Shared(string text)
    {
        if (_texts.TryGetValue(text, out var known))
            return known;
        if (_texts.Count >= MaxShared)
            _texts.Clear();
        return _texts[text] = text;
    }

    private static string TimingText(string definition)
    {
        using var document = JsonDocument.Parse(definition);
        return document.RootElement.TryGetProperty("when", out var timing) ? timing.GetRawText() : "";
    }
}
