using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OpsConsole.Data.Schedules;

/// <summary>The calendars that schedules name.</summary>
public sealed class CalendarStore(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider time)
{
    // Far more than anybody has; they are few and small.
    private const int Most = 1_000;
    private const int NamedUsers = 20;

    public async Task<IReadOnlyList<ScheduleCalendar>> ListAsync(CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.ScheduleCalendars.AsNoTracking().OrderBy(c => c.NameKey).Take(Most).ToListAsync(cancel);
    }

    public async Task<ScheduleCalendar?> GetAsync(string name, CancellationToken cancel = default)
    {
        var key = Key(name);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.ScheduleCalendars.AsNoTracking().SingleOrDefaultAsync(c => c.NameKey == key, cancel);
    }

    /// <summary>Makes or changes the calendar of this name.</summary>
    /// <param name="expectedVersion">The version that was edited; null: a new one.</param>
    public async Task<CalendarWrite> SaveAsync(
        string name, string description, IReadOnlyList<CalendarDay> days, int? expectedVersion, string by, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days.Count, ScheduleLimits.CalendarDays);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);
        var key = Key(name);
        await context.Database.ExecuteSqlAsync($"""SELECT 1 FROM "ScheduleCalendars" WHERE "NameKey" = {key} FOR UPDATE""", cancel);
        var calendar = await context.ScheduleCalendars.SingleOrDefaultAsync(c => c.NameKey == key, cancel);
        if (Refusal(calendar, expectedVersion) is { } refusal)
            return new(refusal, calendar);
        if (calendar is null)
            context.Add(calendar = new ScheduleCalendar { Name = StoredText.Clean(name, ScheduleLimits.CalendarName).Trim(), NameKey = key });
        else
            calendar.Version++;
        calendar.Description = StoredText.Clean(description, ScheduleLimits.Description);
        calendar.Days = [.. days.OrderBy(d => d.Date).Select(d => d with { Name = StoredText.Clean(d.Name, ScheduleLimits.CalendarName) })];
        calendar.UpdatedAt = time.GetUtcNow();
        calendar.UpdatedBy = StoredText.Clean(by, ScheduleLimits.Operator);
        return await CommitAsync(context, calendar, cancel) ? new(CalendarWriteOutcome.Saved, calendar) : new(CalendarWriteOutcome.NameTaken, null);
    }

    /// <summary>Deletes it, unless a schedule that is not deleted names it.</summary>
    public async Task<CalendarDeletion> DeleteAsync(string name, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);
        var key = Key(name);
        var calendar = await context.ScheduleCalendars.AsNoTracking().SingleOrDefaultAsync(c => c.NameKey == key, cancel);
        if (calendar is null)
            return new(false, []);
        var users = await UsersAsync(context, calendar.Name, cancel);
        if (users.Count > 0)
            return new(false, users);
        await context.ScheduleCalendars.Where(c => c.NameKey == key).ExecuteDeleteAsync(cancel);
        await context.NotifyAsync([new ScheduleChange(ScheduleChangeKind.Calendar, Calendar: calendar.Name).Payload], cancel);
        await transaction.CommitAsync(cancel);
        return new(true, []);
    }

    /// <summary>Names of schedules that name the calendar, the first of them in alphabetical order.</summary>
    public async Task<IReadOnlyList<string>> UsersAsync(string name, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await UsersAsync(context, StoredText.Clean(name, ScheduleLimits.CalendarName), cancel);
    }

    /// <summary>The schedules that name the calendar, in alphabetical order.</summary>
    public async Task<IReadOnlyList<ScheduleName>> UsedByAsync(string name, int limit, CancellationToken cancel = default)
    {
        var kept = StoredText.Clean(name, ScheduleLimits.CalendarName);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Schedules.Where(s => s.DeletedAt == null && s.Calendars.Contains(kept))
            .OrderBy(s => s.NameKey).Take(Math.Clamp(limit, 1, ScheduleLimits.Many)).Select(s => new ScheduleName(s.Id, s.Name)).ToListAsync(cancel);
    }

    /// <summary>How many schedules name each calendar that any names.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountUsersAsync(CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Schedules.Where(s => s.DeletedAt == null && s.Calendars.Length > 0).SelectMany(s => s.Calendars).GroupBy(name => name)
            .Select(same => new { same.Key, Count = same.Count() }).Take(Most).ToDictionaryAsync(same => same.Key, same => same.Count, StringComparer.Ordinal, cancel);
    }

    private static async Task<IReadOnlyList<string>> UsersAsync(ConsoleDbContext context, string name, CancellationToken cancel) =>
        await context.Schedules.Where(s => s.DeletedAt == null && s.Calendars.Contains(name))
            .OrderBy(s => s.NameKey).Select(s => s.Name).Take(NamedUsers).ToListAsync(cancel);

    private static CalendarWriteOutcome? Refusal(ScheduleCalendar? there, int? expected) => (there, expected) switch
    {
        (null, null) => null,
        (null, _) => CalendarWriteOutcome.NotFound,
        (_, null) => CalendarWriteOutcome.NameTaken,
        _ => there.Version == expected ? null : CalendarWriteOutcome.Conflict,
    };

    private static async Task<bool> CommitAsync(ConsoleDbContext context, ScheduleCalendar calendar, CancellationToken cancel)
    {
        try
        {
            await context.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
        await context.NotifyAsync([new ScheduleChange(ScheduleChangeKind.Calendar, Calendar: calendar.Name).Payload], cancel);
        await context.Database.CommitTransactionAsync(cancel);
        return true;
    }

    private static string Key(string name) => StoredText.Clean(name, ScheduleLimits.CalendarName).Trim().Normalize().ToUpperInvariant();
}
