using System.Collections.Concurrent;
using System.Text.Json;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>Reads what will run, at most every few seconds for each filter: every viewer of the calendar and of an editor shares it.</summary>
public sealed class ScheduleOutlook(OutlookStore store, CalendarStore calendars, TimeProvider time)
{
    /// <summary>Different timings that are read; schedules with rarer ones are only counted.</summary>
    public const int MostTimings = 5_000;

    private const int MostFilters = 50;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<ScheduleQuery, (Outlook Outlook, long At)> _read = new();

    public async Task<Outlook> ReadAsync(ScheduleQuery filter, CancellationToken cancel = default)
    {
        if (_read.TryGetValue(filter, out var known) && time.GetElapsedTime(known.At) < FreshFor)
            return known.Outlook;
        var timings = await store.TimingsAsync(filter, MostTimings, cancel);
        var days = (await calendars.ListAsync(cancel)).ToDictionary(calendar => calendar.Name, calendar => (IReadOnlySet<DateOnly>)calendar.Days.Select(day => day.Date).ToHashSet(), StringComparer.Ordinal);
        // Thousands of timings take a moment to compile; the circuit that asks goes on meanwhile.
        var outlook = await Task.Run(() => new Outlook([.. timings.Groups.Select(group => Compile(group, days)).OfType<OutlookGroup>()], timings.Total, timings.Paused), cancel);
        if (_read.Count >= MostFilters)
            _read.Clear();
        _read[filter] = (outlook, time.GetTimestamp());
        return outlook;
    }

    private static OutlookGroup? Compile(TimingGroup group, IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> days)
    {
        try
        {
            var when = group.When;
            return Timetable.Compile(when, days).Timetable is { } timetable ? new OutlookGroup(group.Json, when, timetable, group.Count) : null;
        }
        catch (JsonException)
        {
            // A later version of the console may have written it; it is counted among what is left out.
            return null;
        }
    }
}
