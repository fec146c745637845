using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

// What is done to many schedules at once. Each act gives the ids of those that it changed; ids that are unknown, deleted or already so are left out.
public sealed partial class ScheduleStore
{
    /// <summary>Pauses those that run, and gives those that are paused the new note and end.</summary>
    /// <param name="until">When they resume by themselves; null: when somebody resumes them.</param>
    public Task<IReadOnlyList<Guid>> PauseAsync(
        IReadOnlyList<Guid> ids, string by, string note, DateTimeOffset? until = null, CancellationToken cancel = default)
    {
        var (now, end) = (time.GetUtcNow(), until?.ToUniversalTime());
        var (name, text) = (StoredText.Clean(by, ScheduleLimits.Operator), StoredText.Clean(note, ScheduleLimits.Note));
        return ActAsync(ids, living => $"""
            UPDATE "Schedules" SET "PausedAt" = {now}, "PausedBy" = {name}, "PauseNote" = {text}, "PausedUntil" = {end}, "UpdatedAt" = clock_timestamp()
            WHERE "Id" = ANY({living}) AND "DeletedAt" IS NULL
            RETURNING "Id" AS "Value"
            """, cancel);
    }

    public Task<IReadOnlyList<Guid>> ResumeAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default) => ActAsync(ids, living => $"""
        UPDATE "Schedules" SET "PausedAt" = NULL, "PausedBy" = NULL, "PauseNote" = NULL, "PausedUntil" = NULL, "UpdatedAt" = clock_timestamp()
        WHERE "Id" = ANY({living}) AND "DeletedAt" IS NULL AND "PausedAt" IS NOT NULL
        RETURNING "Id" AS "Value"
        """, cancel);

    /// <summary>Resumes those whose pause has an end that has come.</summary>
    public Task<IReadOnlyList<Guid>> EndPausesAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        return ActAsync(ids, living => $"""
            UPDATE "Schedules" SET "PausedAt" = NULL, "PausedBy" = NULL, "PauseNote" = NULL, "PausedUntil" = NULL, "UpdatedAt" = clock_timestamp()
            WHERE "Id" = ANY({living}) AND "DeletedAt" IS NULL AND "PausedUntil" <= {now}
            RETURNING "Id" AS "Value"
            """, cancel);
    }

    /// <summary>Deletes them; their names are free then, their ledgers and versions stay.</summary>
    public Task<IReadOnlyList<Guid>> DeleteAsync(IReadOnlyList<Guid> ids, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        return ActAsync(ids, living => $"""
            UPDATE "Schedules" SET "DeletedAt" = {now}, "UpdatedAt" = clock_timestamp()
            WHERE "Id" = ANY({living}) AND "DeletedAt" IS NULL
            RETURNING "Id" AS "Value"
            """, cancel);
    }

    /// <summary>What was missed up to this moment has been seen. Runners do not care, so nobody is told.</summary>
    public async Task<IReadOnlyList<Guid>> AcknowledgeMissedAsync(IReadOnlyList<Guid> ids, DateTimeOffset through, CancellationToken cancel = default)
    {
        var (sorted, seen) = (Bounded(ids), through.ToUniversalTime());
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Database.SqlQuery<Guid>($"""
            UPDATE "Schedules" SET "MissedSeenThrough" = {seen}
            WHERE "Id" = ANY({sorted}) AND "DeletedAt" IS NULL AND ("MissedSeenThrough" IS NULL OR "MissedSeenThrough" < {seen})
            RETURNING "Id" AS "Value"
            """).ToListAsync(cancel);
    }

    private async Task<IReadOnlyList<Guid>> ActAsync(IReadOnlyList<Guid> ids, Func<Guid[], FormattableString> statement, CancellationToken cancel)
    {
        var sorted = Bounded(ids);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);
        // In one order, so that two who act on the same schedules wait for each other instead of blocking each other.
        await context.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Schedules" WHERE "Id" = ANY({sorted}) ORDER BY "Id" FOR UPDATE""", cancel);
        var changed = await context.Database.SqlQuery<Guid>(statement(sorted)).ToListAsync(cancel);
        await context.NotifyAsync(ScheduleNotice.Payloads(ScheduleChangeKind.Schedule, changed), cancel);
        await transaction.CommitAsync(cancel);
        return changed;
    }

    private static Guid[] Bounded(IReadOnlyList<Guid> ids)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, ScheduleLimits.Bulk);
        return [.. ids.Distinct()];
    }
}
