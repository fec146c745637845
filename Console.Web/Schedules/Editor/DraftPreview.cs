using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>What a timing comes to: in words, as its next runs, and what should be known before it is saved.</summary>
public sealed record DraftPreview
{
    /// <summary>Runs that are listed.</summary>
    public const int Runs = 10;

    /// <summary>Most runs of a day that are counted one by one.</summary>
    public const int MostCounted = 3_000;

    private const int ManyInADay = 1_000;

    public static DraftPreview Empty { get; } = new();

    public string Words { get; init; } = "";

    /// <summary>Null while the timing has errors.</summary>
    public Timetable? Timetable { get; init; }

    public IReadOnlyList<PlannedMoment> Next { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static DraftPreview Of(TimingDraft draft, ScheduleTiming timing, IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> calendars, DateTimeOffset now)
    {
        if (draft.IsEmpty)
            return new DraftPreview { Words = "Nothing says yet when it runs." };
        if (Timetable.Compile(timing, calendars).Timetable is not { } timetable)
            return Empty;
        var next = timetable.Between(now, DateTimeOffset.MaxValue, Runs);
        return new DraftPreview
        {
            Words = TimingWords.Describe(timing),
            Timetable = timetable,
            Next = next,
            Warnings = [.. TimingWarnings.Of(timing, timetable, now).Select(warning => warning.Message).Where(warning => !IsListed(warning, next)), .. Many(timetable, now)],
        };
    }

    /// <summary>A change of the clocks stands beside its run, where that is listed.</summary>
    private static bool IsListed(string warning, IReadOnlyList<PlannedMoment> next) =>
        next.Any(run => run.Note is not null && warning.Contains(run.Planned.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static IEnumerable<string> Many(Timetable timetable, DateTimeOffset now)
    {
        var day = timetable.Count(now, now.AddDays(1), MostCounted);
        if (day >= ManyInADay) yield return $"It makes {(day == MostCounted ? "more than " : "")}{NumberText.Count(day)} jobs a day.";
    }
}
