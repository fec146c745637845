using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Audit;

/// <summary>The record of operations. Rows are added and completed, never changed otherwise or removed.</summary>
public sealed class AuditStore(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider time)
{
    /// <summary>Puts an operation on record before it happens. When this throws, the operation must not happen.</summary>
    /// <returns>The row's id, for <see cref="CompleteAsync"/>.</returns>
    public async Task<long> BeginAsync(AuditDraft draft, CancellationToken cancel = default)
    {
        var entry = draft.ToEntry(time.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancel);
        context.Audit.Add(entry);
        await context.SaveChangesAsync(cancel);
        return entry.Id;
    }

    /// <summary>Writes down what came of it.</summary>
    /// <param name="details">JSON whose strings went through <see cref="StoredText"/>.</param>
    public async Task CompleteAsync(long id, AuditResult result, string? message, string? details = null, CancellationToken cancel = default)
    {
        var at = time.GetUtcNow();
        var text = StoredText.Clean(message, AuditLimits.Message);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        await context.Audit.Where(e => e.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(e => e.Result, result)
            .SetProperty(e => e.Message, text)
            .SetProperty(e => e.Details, details)
            .SetProperty(e => e.CompletedAt, at), cancel);
    }

    /// <summary>Records an operation that is over already, such as a refused one.</summary>
    public async Task RecordAsync(AuditDraft draft, AuditResult result, string? message, CancellationToken cancel = default)
    {
        var entry = draft.ToEntry(time.GetUtcNow());
        entry.Result = result;
        entry.Message = StoredText.Clean(message, AuditLimits.Message);
        entry.CompletedAt = entry.At;
        await using var context = await contexts.CreateDbContextAsync(cancel);
        context.Audit.Add(entry);
        await context.SaveChangesAsync(cancel);
    }

    public async Task<AuditPage> ListAsync(AuditQuery query, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(query.Limit, 1, AuditLimits.Page);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows = context.Audit.AsNoTracking();
        if (query.Before is { } before)
            rows = rows.Where(e => e.Id < before);
        if (StoredText.Clean(query.Who, AuditLimits.Name) is { Length: > 0 } who)
            rows = rows.Where(e => e.OperatorName == who);
        if (StoredText.Clean(query.Kind, AuditLimits.Kind) is { Length: > 0 } kind)
            rows = rows.Where(e => e.Kind == kind);
        if (StoredText.Clean(query.Target, AuditLimits.Target) is { Length: > 0 } target)
            rows = rows.Where(e => e.Target.StartsWith(target) || e.Targets.Contains(target));
        var page = await rows.OrderByDescending(e => e.Id).Take(limit + 1).ToListAsync(cancel);
        return page.Count > limit ? new AuditPage(page[..limit], page[limit - 1].Id) : new AuditPage(page, null);
    }

    /// <summary>Names for the filter, in alphabetical order.</summary>
    public async Task<IReadOnlyList<string>> ListNamesAsync(int limit, CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Audit.Select(e => e.OperatorName).Distinct().OrderBy(n => n).Take(limit).ToListAsync(cancel);
    }
}
