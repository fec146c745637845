using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

// What every console asks again and again, to say when something is wrong.
public sealed partial class LedgerStore
{
    /// <summary>Whether any schedule waits for its moment, so that somebody has to run it.</summary>
    public async Task<bool> HasWorkAsync(DateTimeOffset now, CancellationToken cancel = default)
    {
        var at = now.ToUniversalTime();
        await using var context = await contexts.CreateDbContextAsync(cancel);
        // A cursor of version 0 is one that no runner has seen yet.
        return await context.Database.SqlQuery<bool>($"""
            SELECT EXISTS (
                SELECT 1 FROM "Schedules" s JOIN "ScheduleCursors" c ON c."ScheduleId" = s."Id"
                WHERE s."DeletedAt" IS NULL AND (s."PausedAt" IS NULL OR s."PausedUntil" <= {at}) AND (c."NextDueAt" IS NOT NULL OR c."Version" = 0)) AS "Value"
            """).SingleAsync(cancel);
    }

    /// <summary>Schedules that this one has paused and nobody has resumed, those that were paused last first.</summary>
    public async Task<PausedPage> PausedByAsync(string by, int limit, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var paused = context.Schedules.Where(s => s.PausedAt != null && s.PausedBy == by && s.DeletedAt == null);
        var items = await paused.OrderByDescending(s => s.PausedAt).Take(Math.Clamp(limit, 1, ScheduleLimits.Many))
            .Select(s => new PausedSchedule(s.Id, s.Name, s.PausedAt!.Value, s.PauseNote)).ToListAsync(cancel);
        return new PausedPage(items, items.Count < limit ? items.Count : await paused.CountAsync(cancel));
    }
}

/// <summary>A schedule that is paused.</summary>
public sealed record PausedSchedule(Guid Id, string Name, DateTimeOffset At, string? Note);

/// <param name="Schedules">How many schedules there are, those beyond the limit included.</param>
public sealed record PausedPage(IReadOnlyList<PausedSchedule> Items, int Schedules);
