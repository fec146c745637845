using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

// Reads across all schedules.
public sealed partial class LedgerStore
{
    // One look at a flood of misses reads the newest of them only, and counts no further than this for one schedule.
    private const int MissedRead = 100_000;
    private const int MissedCount = 10_000;

    /// <summary>
    /// Schedules with missed occurrences, such that failed to enqueue, or such that missed their deadline, found so after this moment and
    /// after an operator last said to have seen them. Those with the newest ones first.
    /// </summary>
    public async Task<MissedPage> RecentMissedAsync(DateTimeOffset since, int limit, CancellationToken cancel = default)
    {
        var (after, most) = (since.ToUniversalTime(), Math.Clamp(limit, 1, ScheduleLimits.Many));
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = await context.Database.SqlQuery<MissedRow>($"""
            WITH newest AS MATERIALIZED (
                SELECT "ScheduleId", "MissedAt" FROM "Occurrences" WHERE "MissedAt" > {after} ORDER BY "MissedAt" DESC LIMIT {MissedRead}),
            unseen AS (
                SELECT s."Id", n.last, s."MissedSeenThrough" AS seen, count(*) OVER ()::int AS schedules
                FROM (SELECT "ScheduleId", max("MissedAt") AS last FROM newest GROUP BY "ScheduleId") n JOIN "Schedules" s ON s."Id" = n."ScheduleId"
                WHERE s."DeletedAt" IS NULL AND (s."MissedSeenThrough" IS NULL OR n.last > s."MissedSeenThrough")
                ORDER BY n.last DESC, s."Id" LIMIT {most})
            SELECT u."Id", s."Name", u.schedules AS "Schedules", m.* FROM unseen u JOIN "Schedules" s ON s."Id" = u."Id"
            CROSS JOIN LATERAL (
                SELECT
                    (count(*) FILTER (WHERE "State" = {(short)OccurrenceState.Missed}))::int AS "Missed",
                    (count(*) FILTER (WHERE "State" = {(short)OccurrenceState.FailedToEnqueue}))::int AS "FailedToEnqueue",
                    (count(*) FILTER (WHERE "IsDeadlineMissed"))::int AS "DeadlinesMissed",
                    min("MissedAt") AS "FirstAt", max("MissedAt") AS "LastAt", (array_agg("Cause" ORDER BY "MissedAt" DESC))[1] AS "LastCause"
                FROM (
                    SELECT * FROM "Occurrences" WHERE "ScheduleId" = u."Id" AND "MissedAt" > greatest({after}, u.seen)
                    ORDER BY "MissedAt" DESC LIMIT {MissedCount}) o) m
            ORDER BY u.last DESC, u."Id"
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
