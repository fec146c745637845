using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules.List;

/// <summary>Makes rows of schedules: with their newest occurrences, and with their timing in words, which are made once for each version.</summary>
public sealed class ScheduleReader(LedgerStore ledger, TimeProvider time)
{
    private const int MostWords = 1_000;
    private readonly Dictionary<(Guid, int), string> _words = [];

    public async Task<IReadOnlyList<ScheduleRow>> RowsAsync(IReadOnlyList<Schedule> schedules, CancellationToken cancel = default)
    {
        if (schedules.Count == 0) return [];
        var strips = await ledger.StripsAsync([.. schedules.Select(schedule => schedule.Id)], StripShape.Most, cancel);
        var now = time.GetUtcNow();
        return [.. schedules.Select(schedule => new ScheduleRow(
            schedule, Words(schedule), ScheduleStandings.Of(schedule, now), [.. strips.GetValueOrDefault(schedule.Id, []).Reverse()],
            schedule.Source is not null && !ScheduleJson.Same(schedule.SourceDefinition, schedule.Definition)))];
    }

    private string Words(Schedule schedule)
    {
        if (_words.TryGetValue((schedule.Id, schedule.Version), out var words)) return words;
        if (_words.Count >= MostWords) _words.Clear();
        return _words[(schedule.Id, schedule.Version)] = TimingWords.Describe(schedule.Definition.When);
    }
}
