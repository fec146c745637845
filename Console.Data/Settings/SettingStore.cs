using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Settings;

/// <summary>Reads and writes settings.</summary>
public sealed class SettingStore(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider time)
{
    /// <summary>Null when the setting is absent or has expired.</summary>
    public async Task<string?> GetAsync(string key, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Settings.Where(s => s.Key == key && (s.ExpiresAt == null || s.ExpiresAt > now))
            .Select(s => s.Value).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Writes the value, over an earlier one.</summary>
    public async Task SetAsync(string key, string value, DateTimeOffset? expiresAt = null, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancel);
        await context.Database.ExecuteSqlAsync($"""
            INSERT INTO "Settings" ("Key", "Value", "UpdatedAt", "ExpiresAt") VALUES ({key}, {value}, {now}, {expiresAt})
            ON CONFLICT ("Key") DO UPDATE SET "Value" = excluded."Value", "UpdatedAt" = excluded."UpdatedAt", "ExpiresAt" = excluded."ExpiresAt"
            """, cancel);
    }

    /// <summary>Removes the setting if it still has this value and has not expired. Of several callers one gets true.</summary>
    public async Task<bool> TakeAsync(string key, string value, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Settings.Where(s => s.Key == key && s.Value == value && (s.ExpiresAt == null || s.ExpiresAt > now))
            .ExecuteDeleteAsync(cancel) == 1;
    }
}
