using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

/// <summary>
/// When schedules will run, without reading them one by one: a hundred thousand schedules have far fewer timings than that, and
/// each timing is computed once.
/// </summary>
public sealed class OutlookStore(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider time)
{
    /// <summary>Timings of the schedules that run, the most frequent first.</summary>
    /// <param name="filter">Which schedules; its state, position and limit are not looked at.</param>
    public async Task<OutlookTimings> TimingsAsync(ScheduleQuery filter, int limit, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var running = ScheduleFilter.Apply(context.Schedules, filter with { State = ScheduleState.Enabled }, now);
        var total = await running.CountAsync(cancel);
        var paused = await ScheduleFilter.Apply(context.Schedules, filter with { State = ScheduleState.Paused }, now).CountAsync(cancel);
        var groups = await (
            from schedule in running
            group schedule by schedule.Timing into same
            orderby same.Count() descending, same.Key
            select new { Json = same.Key, Count = same.Count() }).Take(limit).ToListAsync(cancel);
        return new OutlookTimings([.. groups.Select(group => new TimingGroup(group.Json, group.Count))], total, paused);
    }

    /// <summary>The schedules behind some of those timings, by name.</summary>
    public async Task<IReadOnlyList<TimedSchedule>> SchedulesAsync(ScheduleQuery filter, IReadOnlyCollection<string> timings, int limit, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var running = ScheduleFilter.Apply(context.Schedules, filter with { State = ScheduleState.Enabled }, time.GetUtcNow());
        return await (
            from schedule in running
            where timings.Contains(schedule.Timing)
            orderby schedule.NameKey
            select new TimedSchedule(schedule.Id, schedule.Name, schedule.JobType, schedule.Timing)).Take(limit).ToListAsync(cancel);
    }

    /// <summary>What became of the occurrences that were due in a range, counted by spans of time.</summary>
    /// <param name="to">Not included.</param>
    /// <param name="spanSeconds">Length of a span; spans are counted from the Unix epoch.</param>
    /// <param name="most">Occurrences that are looked at.</param>
    public async Task<PastCounts> PastAsync(ScheduleQuery filter, DateTimeOffset from, DateTimeOffset to, int spanSeconds, int most, CancellationToken cancel = default)
    {
        var (first, end) = (from.ToUniversalTime(), to.ToUniversalTime());
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = context.Database.SqlQuery<PastRow>($"""
            SELECT "ScheduleId", floor(extract(epoch from "DueAt") / {spanSeconds})::bigint AS "Span", "State", "Outcome", "IsDeadlineMissed", "Attempts" > 1 AS "IsRetried"
            FROM "Occurrences" WHERE "DueAt" >= {first} AND "DueAt" < {end}
            """);
        if (filter != new ScheduleQuery())
        {
            rows = from row in rows
                   join schedule in ScheduleFilter.Apply(context.Schedules, filter, time.GetUtcNow()) on row.ScheduleId equals schedule.Id
                   select row;
        }
        var counts = await rows.Take(most).GroupBy(row => new { row.Span, row.State, row.Outcome, row.IsDeadlineMissed, row.IsRetried })
            .Select(same => new { same.Key, Count = same.Count() }).ToListAsync(cancel);
        return new PastCounts(
            [.. counts.Select(row => new PastCount(
                DateTimeOffset.FromUnixTimeSeconds(row.Key.Span * spanSeconds), (OccurrenceState)row.Key.State, (JobOutcome?)row.Key.Outcome, row.Key.IsDeadlineMissed, row.Key.IsRetried, row.Count))],
            counts.Sum(row => row.Count) >= most);
    }

    /// <summary>The occurrences that were due in a range, in that order.</summary>
    public async Task<IReadOnlyList<NamedOccurrence>> OccurrencesAsync(ScheduleQuery filter, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancel = default)
    {
        var (first, end) = (from.ToUniversalTime(), to.ToUniversalTime());
        await using var context = await contexts.CreateDbContextAsync(cancel);
        // A deleted schedule keeps its past; only a filter, which is one on what is there, leaves it out.
        var schedules = filter == new ScheduleQuery() ? context.Schedules : ScheduleFilter.Apply(context.Schedules, filter, time.GetUtcNow());
        var rows = await (
            from occurrence in context.Occurrences.AsNoTracking()
            where occurrence.DueAt >= first && occurrence.DueAt < end
            join schedule in schedules on occurrence.ScheduleId equals schedule.Id
            orderby occurrence.DueAt, schedule.NameKey
            select new { Occurrence = occurrence, schedule.Name }).Take(limit).ToListAsync(cancel);
        return [.. rows.Select(row => new NamedOccurrence(row.Occurrence, row.Name))];
    }

    private sealed record PastRow(Guid ScheduleId, long Span, short State, short? Outcome, bool IsDeadlineMissed, bool IsRetried);
}

/// <param name="IsCut">There were more occurrences than were looked at.</param>
public sealed record PastCounts(IReadOnlyList<PastCount> Counts, bool IsCut);

/// <param name="At">Begin of the span.</param>
public sealed record PastCount(DateTimeOffset At, OccurrenceState State, JobOutcome? Outcome, bool IsDeadlineMissed, bool IsRetried, int Count);

/// <param name="Groups">At most as many as were asked for.</param>
/// <param name="Total">Schedules that run, those of timings that are not in the groups included.</param>
/// <param name="Paused">Schedules that are paused now, which are in none of the groups.</param>
public sealed record OutlookTimings(IReadOnlyList<TimingGroup> Groups, int Total, int Paused);

/// <summary>One timing, as JSON, and how many schedules have it.</summary>
public sealed record TimingGroup(string Json, int Count)
{
    public ScheduleTiming When => ScheduleJson.ReadTiming(Json);
}

public sealed record TimedSchedule(Guid Id, string Name, string JobType, string TimingJson);
