using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

// Files that are sources, and what differs from them.
public sealed partial class ScheduleStore
{
    /// <summary>Files that are the source of schedules, by name, at most <see cref="ScheduleLimits.Facet"/>.</summary>
    public async Task<IReadOnlyList<ScheduleSource>> SourcesAsync(CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Database.SqlQuery<ScheduleSource>($"""
            SELECT "Source" AS "Name", count(*)::int AS "Schedules", (count(*) FILTER (WHERE "Definition"::text <> "SourceDefinition"::text))::int AS "Drifted"
            FROM "Schedules" WHERE "DeletedAt" IS NULL AND "Source" IS NOT NULL GROUP BY "Source" ORDER BY "Source" LIMIT {ScheduleLimits.Facet}
            """).ToListAsync(cancel);
    }

    /// <summary>Schedules that differ from what their source had, by name.</summary>
    public async Task<IReadOnlyList<Schedule>> DriftedAsync(string source, int limit, CancellationToken cancel = default)
    {
        var most = Math.Clamp(limit, 1, ScheduleLimits.Page);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Schedules.FromSql($"""
            SELECT * FROM "Schedules" WHERE "DeletedAt" IS NULL AND "Source" = {source} AND "Definition"::text <> "SourceDefinition"::text
            """).AsNoTracking().OrderBy(s => s.NameKey).Take(most).ToListAsync(cancel);
    }

    /// <summary>Schedules that are none of these, by name: the first of them, and how many there are.</summary>
    public async Task<(IReadOnlyList<ScheduleSourceName> First, int Count)> ExceptAsync(IReadOnlyList<Guid> ids, int limit, CancellationToken cancel = default)
    {
        var known = Bounded(ids);
        var most = Math.Clamp(limit, 1, ScheduleLimits.Many);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        // As an array that is looked up by a hash; a list of values would be gone through for each row.
        var others = await context.Database.SqlQuery<ScheduleSourceName>($"""
            SELECT s."Id", s."Name", s."Source" FROM "Schedules" s LEFT JOIN unnest({known}) AS k(id) ON k.id = s."Id"
            WHERE s."DeletedAt" IS NULL AND k.id IS NULL ORDER BY s."NameKey" LIMIT {most}
            """).ToListAsync(cancel);
        var living = await context.Schedules.CountAsync(s => s.DeletedAt == null, cancel);
        return (others, others.Count < most ? others.Count : Math.Max(others.Count, living - known.Length));
    }
}

/// <summary>A file that is the source of schedules.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Schedules">How many have it as their source.</param>
/// <param name="Drifted">How many of them operators have changed since.</param>
public sealed record ScheduleSource(string Name, int Schedules, int Drifted);

/// <param name="Source">Name of the file that is its source, or null.</param>
public sealed record ScheduleSourceName(Guid Id, string Name, string? Source);
