using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Schedules;

// Reads of lists.
public sealed partial class ScheduleStore
{
    public async Task<ScheduleListPage> ListAsync(ScheduleQuery query, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(query.Limit, 1, ScheduleLimits.Page);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var fitting = ScheduleFilter.Apply(context.Schedules.AsNoTracking(), query, time.GetUtcNow());
        var total = await fitting.Select(s => s.Id).Take(ScheduleLimits.Count + 1).CountAsync(cancel);
        var page = await ScheduleOrder.Apply(fitting, query).Take(limit + 1).Include(s => s.Cursor).ToListAsync(cancel);
        return page.Count > limit
            ? new ScheduleListPage(page[..limit], ScheduleOrder.After(page[limit - 1], query.Sort), total)
            : new ScheduleListPage(page, null, total);
    }

    public async Task<ScheduleFacets> FacetsAsync(CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var living = context.Schedules.Where(s => s.DeletedAt == null);
        return new ScheduleFacets(
            await TopAsync(living.Select(s => s.JobType), cancel),
            await TopAsync(living.Where(s => s.Queue != null).Select(s => s.Queue!), cancel),
            await TopAsync(living.SelectMany(s => s.Tags), cancel),
            await TopAsync(living.Where(s => s.Owner != "").Select(s => s.Owner), cancel))
        {
            States = await StatesAsync(context, cancel),
            LastOutcomes = await living.Where(s => s.Cursor!.LastOutcome != null).GroupBy(s => s.Cursor!.LastOutcome!.Value)
                .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel),
        };
    }

    /// <summary>Names in alphabetical order.</summary>
    /// <param name="text">Only those with this in their names, case ignored.</param>
    public async Task<IReadOnlyList<ScheduleName>> NamesAsync(int limit, string? text = null, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var living = context.Schedules.Where(s => s.DeletedAt == null);
        if (!string.IsNullOrWhiteSpace(text))
        {
            var pattern = ScheduleText.Pattern(text);
            living = living.Where(s => EF.Functions.Like(s.NameKey, pattern, "\\"));
        }
        return await living.OrderBy(s => s.NameKey).Take(Math.Clamp(limit, 1, ScheduleLimits.Many))
            .Select(s => new ScheduleName(s.Id, s.Name)).ToListAsync(cancel);
    }

    /// <summary>Everything that fits, by name, without its cursors; <see cref="ScheduleQuery.After"/> and the limit are not looked at.</summary>
    public async IAsyncEnumerable<Schedule> ExportAsync(ScheduleQuery filter, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = ScheduleFilter.Apply(context.Schedules.AsNoTracking(), filter, time.GetUtcNow()).OrderBy(s => s.NameKey).Take(ScheduleLimits.Bulk);
        await foreach (var schedule in rows.AsAsyncEnumerable().WithCancellation(cancel))
            yield return schedule;
    }

    /// <summary>Those of these ids that are not deleted, by name, without their cursors.</summary>
    public async IAsyncEnumerable<Schedule> ExportAsync(IReadOnlyList<Guid> ids, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var chosen = Bounded(ids);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = context.Schedules.AsNoTracking().Where(s => chosen.Contains(s.Id) && s.DeletedAt == null).OrderBy(s => s.NameKey);
        await foreach (var schedule in rows.AsAsyncEnumerable().WithCancellation(cancel))
            yield return schedule;
    }

    private async Task<IReadOnlyDictionary<ScheduleState, int>> StatesAsync(ConsoleDbContext context, CancellationToken cancel)
    {
        var (now, counts) = (time.GetUtcNow(), new Dictionary<ScheduleState, int>());
        foreach (var state in Enum.GetValues<ScheduleState>())
            counts[state] = await ScheduleFilter.Apply(context.Schedules, new ScheduleQuery { State = state }, now).CountAsync(cancel);
        return counts;
    }

    private static async Task<IReadOnlyList<FacetValue>> TopAsync(IQueryable<string> values, CancellationToken cancel)
    {
        var top = await values.GroupBy(v => v).Select(g => new { g.Key, Count = g.Count() })
            .OrderByDescending(g => g.Count).ThenBy(g => g.Key).Take(ScheduleLimits.Facet).ToListAsync(cancel);
        return [.. top.Select(g => new FacetValue(g.Key, g.Count))];
    }
}
