using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

// Reads of single schedules and their versions.
public sealed partial class ScheduleStore
{
    /// <summary>With its cursor; deleted ones too, for their ledgers can still be looked at.</summary>
    public async Task<Schedule?> GetAsync(Guid id, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Schedules.AsNoTracking().Include(s => s.Cursor).SingleOrDefaultAsync(s => s.Id == id, cancel);
    }

    /// <summary>The one that is not deleted and has this name, case ignored.</summary>
    public async Task<Schedule?> FindByNameAsync(string name, CancellationToken cancel = default)
    {
        var key = ScheduleText.Key(name);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Schedules.AsNoTracking().Include(s => s.Cursor).SingleOrDefaultAsync(s => s.NameKey == key && s.DeletedAt == null, cancel);
    }

    /// <summary>Those that are not deleted and have one of these names, by name; for imports.</summary>
    public async Task<IReadOnlyDictionary<string, Schedule>> FindByNamesAsync(IReadOnlyCollection<string> names, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Count, ScheduleLimits.Bulk);
        string[] keys = [.. names.Select(ScheduleText.Key).Distinct()];
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var found = await context.Schedules.AsNoTracking().Include(s => s.Cursor).Where(s => keys.Contains(s.NameKey) && s.DeletedAt == null).ToListAsync(cancel);
        return found.ToDictionary(s => s.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Of at most <see cref="ScheduleLimits.Many"/> ids those that exist, deleted or not, in no order.</summary>
    public async Task<IReadOnlyList<Schedule>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, ScheduleLimits.Many);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Schedules.AsNoTracking().Include(s => s.Cursor).Where(s => ids.Contains(s.Id)).ToListAsync(cancel);
    }

    /// <summary>Newest first.</summary>
    /// <param name="before">Only older ones than this; null begins with the newest.</param>
    public async Task<IReadOnlyList<ScheduleVersion>> VersionsAsync(Guid id, int? before, int limit, CancellationToken cancel = default)
    {
        var below = before ?? int.MaxValue;
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.ScheduleVersions.AsNoTracking().Where(v => v.ScheduleId == id && v.Version < below)
            .OrderByDescending(v => v.Version).Take(Math.Clamp(limit, 1, ScheduleLimits.Page)).ToListAsync(cancel);
    }

    public async Task<ScheduleVersion?> GetVersionAsync(Guid id, int version, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.ScheduleVersions.AsNoTracking().SingleOrDefaultAsync(v => v.ScheduleId == id && v.Version == version, cancel);
    }
}
