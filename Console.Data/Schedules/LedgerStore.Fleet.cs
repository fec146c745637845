using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

// Reads across all schedules.
public sealed partial class LedgerStore
{
    // One look at a flood of misses reads the newest of them only.
    private const int MissedRead = 20_000;

    /// <summary>
    /// Schedules with missed occurrences, such that failed to enqueue, or such that missed their deadline, found so after this moment and
    /// after an operator last said to have seen them. Those with the newest ones first.
    /// </summary>
    public async Task<MissedPage> RecentMissedAsync(DateTimeOffset since, int limit, CancellationToken cancel = default)
    {
        var (after, most) = (since.ToUniversalTime(), Math.Clamp(limit, 1, ScheduleLimits.Many));
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = await context.Database.SqlQuery<MissedRow>($"""
            SELECT s."Id", s."Name", count(*) OVER ()::int AS "Schedules", m.* FROM (
                SELECT "ScheduleId",
                    (count(*) FILTER (WHERE "State" = {(short)OccurrenceState.Missed}))::int AS "Missed",
                    (count(*) FILTER (WHERE "State" = {(short)OccurrenceState.FailedToEnqueue}))::int AS "FailedToEnqueue",
                    (count(*) FILTER (WHERE "IsDeadlineMissed"))::int AS "DeadlinesMissed",
                    min("MissedAt") AS "FirstAt", max("MissedAt") AS "LastAt", (array_agg("Cause" ORDER BY "MissedAt" DESC))[1] AS "LastCause"
                FROM (
                    SELECT o.* FROM "Occurrences" o JOIN "Schedules" s ON s."Id" = o."ScheduleId"
                    WHERE o."MissedAt" > {after} AND s."DeletedAt" IS NULL AND (s."MissedSeenThrough" IS NULL OR o."MissedAt" > s."MissedSeenThrough")
                    ORDER BY o."MissedAt" DESC LIMIT {MissedRead}) newest
                GROUP BY "ScheduleId") m
            JOIN "Schedules" s ON s."Id" = m."ScheduleId"
            ORDER BY m."LastAt" DESC, s."Id" LIMIT {most}
            """).ToListAsync(cancel);
        return new MissedPage(
            [.. rows.Select(r => new MissedSchedule(r.Id, r.Name, r.Missed, r.FailedToEnqueue, r.DeadlinesMissed, r.FirstAt, r.LastAt, r.LastCause))],
            rows.FirstOrDefault()?.Schedules ?? 0);
    }

    /// <summary>Schedules that are neither paused nor deleted, and whose next moment and its grace are over: nobody fires them. The latest first.</summary>
    public async Task<OverduePage> OverdueAsync(DateTimeOffset now, int limit, CancellationToken cancel = default)
    {
        var (at, most) = (now.ToUniversalTime(), Math.Clamp(limit, 1, ScheduleLimits.Many));
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = await context.Database.SqlQuery<OverdueRow>($"""
            SELECT s."Id", s."Name", c."NextDueAt" AS "DueAt", c."GraceSeconds", count(*) OVER ()::int AS "Schedules"
            FROM "ScheduleCursors" c JOIN "Schedules" s ON s."Id" = c."ScheduleId"
            WHERE c."NextDueAt" < {at} - make_interval(secs => c."GraceSeconds") AND s."DeletedAt" IS NULL AND (s."PausedAt" IS NULL OR s."PausedUntil" <= {at})
            ORDER BY c."NextDueAt", s."Id" LIMIT {most}
            """).ToListAsync(cancel);
        return new OverduePage([.. rows.Select(r => new OverdueSchedule(r.Id, r.Name, r.DueAt, r.GraceSeconds))], rows.FirstOrDefault()?.Schedules ?? 0);
    }

    private sealed record MissedRow(
        Guid Id, string Name, int Schedules, int Missed, int FailedToEnqueue, int DeadlinesMissed, DateTimeOffset FirstAt, DateTimeOffset LastAt, string? LastCause);

    private sealed record OverdueRow(Guid Id, string Name, DateTimeOffset DueAt, int GraceSeconds, int Schedules);
}
