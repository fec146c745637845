using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

/// <summary>Reads the ledger: what became of every planned moment.</summary>
public sealed partial class LedgerStore(IDbContextFactory<ConsoleDbContext> contexts)
{
    public async Task<Occurrence?> GetAsync(OccurrenceId id, CancellationToken cancel = default)
    {
        var at = id.NominalAt.ToUniversalTime();
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Occurrences.AsNoTracking().SingleOrDefaultAsync(o => o.ScheduleId == id.ScheduleId && o.NominalAt == at && o.Origin == id.Origin, cancel);
    }

    public async Task<LedgerPage> ListAsync(Guid scheduleId, LedgerQuery query, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(query.Limit, 1, ScheduleLimits.Page);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = Filter(context.Occurrences.AsNoTracking().Where(o => o.ScheduleId == scheduleId), query);
        if (query.Before is { } before)
        {
            var (at, origin) = (before.NominalAt.ToUniversalTime(), before.Origin);
            rows = rows.Where(o => o.NominalAt < at || (o.NominalAt == at && o.Origin < origin));
        }
        var page = await rows.OrderByDescending(o => o.NominalAt).ThenByDescending(o => o.Origin).Take(limit + 1).ToListAsync(cancel);
        return page.Count > limit
            ? new LedgerPage(page[..limit], new LedgerPlace(page[limit - 1].NominalAt, page[limit - 1].Origin))
            : new LedgerPage(page, null);
    }

    /// <summary>The last occurrences of each schedule, newest first; schedules without any are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Occurrence>>> StripsAsync(
        IReadOnlyCollection<Guid> schedules, int length, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(schedules.Count, ScheduleLimits.Many);
        var (ids, most) = (schedules.Distinct().ToArray(), Math.Clamp(length, 1, ScheduleLimits.Page));
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = await context.Occurrences.FromSql($"""
            SELECT o.* FROM unnest({ids}) AS i(id)
            CROSS JOIN LATERAL (SELECT * FROM "Occurrences" WHERE "ScheduleId" = i.id ORDER BY "NominalAt" DESC, "Origin" DESC LIMIT {most}) o
            """).AsNoTracking().ToListAsync(cancel);
        return rows.GroupBy(o => o.ScheduleId).ToDictionary(
            strip => strip.Key, strip => (IReadOnlyList<Occurrence>)[.. strip.OrderByDescending(o => o.NominalAt).ThenByDescending(o => o.Origin)]);
    }

    /// <summary>The last runs of a schedule, newest first.</summary>
    public async Task<IReadOnlyList<RunTime>> RunTimesAsync(Guid scheduleId, int limit, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = await context.Occurrences.Where(o => o.ScheduleId == scheduleId && o.EnqueuedAt != null)
            .OrderByDescending(o => o.NominalAt).ThenByDescending(o => o.Origin).Take(Math.Clamp(limit, 1, ScheduleLimits.Many))
            .Select(o => new { o.NominalAt, o.DueAt, o.EnqueuedAt, o.StartedAt, o.EndedAt, o.Outcome }).ToListAsync(cancel);
        return [.. rows.Select(o => new RunTime(o.NominalAt, o.EnqueuedAt!.Value - o.DueAt, o.EndedAt - o.StartedAt, o.Outcome))];
    }

    /// <summary>Backfills of a schedule, newest first.</summary>
    public async Task<IReadOnlyList<BackfillProgress>> BackfillsAsync(Guid scheduleId, int limit, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var backfills = await context.ScheduleBackfills.AsNoTracking().Where(b => b.ScheduleId == scheduleId)
            .OrderByDescending(b => b.RequestedAt).Take(Math.Clamp(limit, 1, ScheduleLimits.Page)).ToListAsync(cancel);
        if (backfills.Count == 0)
            return [];
        // The range keeps it to a part of the primary key, of which the origin is the last column.
        var (ids, from, to) = (backfills.ConvertAll(b => b.Id), backfills.Min(b => b.From), backfills.Max(b => b.To));
        var counts = await context.Occurrences.Where(o => o.ScheduleId == scheduleId && o.NominalAt >= from && o.NominalAt <= to && ids.Contains(o.Origin))
            .GroupBy(o => o.Origin)
            .Select(g => new
            {
                g.Key,
                Open = g.Count(o => o.IsOpen),
                Succeeded = g.Count(o => !o.IsOpen && o.Outcome == JobOutcome.Succeeded),
                Failed = g.Count(o => !o.IsOpen && o.Outcome != JobOutcome.Succeeded),
            })
            .ToDictionaryAsync(g => g.Key, cancel);
        return [.. backfills.Select(b => counts.GetValueOrDefault(b.Id) is { } own
            ? new BackfillProgress(b, own.Open, own.Succeeded, own.Failed)
            : new BackfillProgress(b, 0, 0, 0))];
    }

    private static IQueryable<Occurrence> Filter(IQueryable<Occurrence> rows, LedgerQuery query)
    {
        if (query.States is { Count: > 0 } states)
            rows = rows.Where(o => states.Contains(o.State));
        if (query.Kinds is { Count: > 0 } kinds)
            rows = rows.Where(o => kinds.Contains(o.Kind));
        if (query.Outcomes is { Count: > 0 } outcomes)
            rows = rows.Where(o => o.Outcome != null && outcomes.Contains(o.Outcome.Value));
        if (query.Origin is { } origin)
            rows = rows.Where(o => o.Origin == origin);
        if (query.OnlyMissed)
            rows = rows.Where(o => o.MissedAt != null);
        if (query.From?.ToUniversalTime() is { } from)
            rows = rows.Where(o => o.NominalAt >= from);
        if (query.To?.ToUniversalTime() is { } to)
            rows = rows.Where(o => o.NominalAt < to);
        return rows;
    }
}
