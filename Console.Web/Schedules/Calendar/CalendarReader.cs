using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>Counts what was due and what will be, and lists what is behind a cell.</summary>
public sealed class CalendarReader(ScheduleOutlook outlooks, OutlookStore store, TimeProvider time)
{
    /// <summary>Past occurrences that are counted for one range.</summary>
    public const int MostPast = 500_000;

    /// <summary>Runs that are listed of one cell.</summary>
    public const int MostListed = 100;

    private const int MostTimings = 1_000;

    public async Task<CalendarPicture> ReadAsync(ScheduleQuery filter, CalendarRange range, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        var outlook = await outlooks.ReadAsync(filter, cancel);
        var past = range.From < now ? await store.PastAsync(filter, range.From, range.To, range.PastSeconds, MostPast, cancel) : new PastCounts([], false);
        var from = range.From > now ? range.From : now;
        var counts = await Task.Run(() => RunCounter.Count(outlook, from, range.To, range.Cells, range.CellOf, cancel), cancel);
        var cells = new CalendarCell[range.Cells];
        for (var i = 0; i < cells.Length; i++) cells[i] = new CalendarCell { Planned = counts.Counts[i] };
        foreach (var count in past.Counts)
        {
            if (range.CellOf(count.At) is >= 0 and var cell) cells[cell].Add(CalendarCell.FateOf(count), count.Count);
        }
        return new CalendarPicture { Range = range, Cells = cells, At = now, Outlook = outlook, TooOften = counts.TooOften, IsPastCut = past.IsCut };
    }

    /// <summary>What was due in a cell, and what will be.</summary>
    public async Task<CellRuns> ListAsync(ScheduleQuery filter, CalendarRange range, int cell, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        var (from, to) = range.MomentsOf(cell);
        var past = from < now ? await store.OccurrencesAsync(filter, from, to, MostListed, cancel) : [];
        var outlook = await outlooks.ReadAsync(filter, cancel);
        var first = from > now ? from : now;
        var starts = await Task.Run(() => StartsOf(outlook, first, to, cancel), cancel);
        var behind = starts.Count == 0 ? [] : await store.SchedulesAsync(filter, starts.Keys, MostListed, cancel);
        return new CellRuns(past, [.. behind.Select(schedule => new PlannedRuns(schedule, starts[schedule.TimingJson].First, starts[schedule.TimingJson].Count)).OrderBy(run => run.First).ThenBy(run => run.Schedule.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    private static Dictionary<string, (DateTimeOffset First, int Count)> StartsOf(Outlook outlook, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var starts = new Dictionary<string, (DateTimeOffset, int)>(StringComparer.Ordinal);
        foreach (var group in outlook.Groups)
        {
            cancel.ThrowIfCancellationRequested();
            if (starts.Count >= MostTimings) break;
            if (from < to && group.Timetable.Between(from, to, 1) is [var first])
                starts[group.Json] = (first.NominalAt, group.Timetable.Count(first.NominalAt, to, PlannedRuns.MostCounted));
        }
        return starts;
    }
}

/// <param name="Past">In order of time; at most <see cref="CalendarReader.MostListed"/>.</param>
/// <param name="Planned">By their first run; at most as many.</param>
public sealed record CellRuns(IReadOnlyList<NamedOccurrence> Past, IReadOnlyList<PlannedRuns> Planned);

/// <param name="First">Its first run in the cell.</param>
/// <param name="Count">Its runs in the cell, counted up to <see cref="MostCounted"/>.</param>
public sealed record PlannedRuns(TimedSchedule Schedule, DateTimeOffset First, int Count)
{
    public const int MostCounted = 1_000;
}
