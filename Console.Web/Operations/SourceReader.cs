using System.Globalization;
using OpsConsole.Data.Failures;
using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;
using OpsConsole.Data.Operations;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Operations;

/// <summary>Where the jobs of an operation come from, as an address names it.</summary>
/// <param name="Text">Id of the group or of the earlier operation, or the query; empty for a selection.</param>
/// <param name="Ids">The selection.</param>
internal sealed record OperationSource(BulkSource Kind, string Text, IReadOnlyList<string> Ids)
{
    /// <summary>Most ids that an address can carry.</summary>
    public const int MostInAddress = 200;

    /// <summary>Null when the address names none.</summary>
    public static OperationSource? Of(string? group, string? operation, string? query, string? ids)
    {
        if (Guid.TryParse(operation, out var earlier))
            return new(BulkSource.Operation, earlier.ToString("D"), []);
        if (Guid.TryParse(group, out var id))
            return new(BulkSource.Group, id.ToString("D"), []);
        if (!string.IsNullOrWhiteSpace(query))
            return new(BulkSource.Search, query.Trim(), []);
        var selected = (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Take(MostInAddress).ToList();
        return selected.Count > 0 ? new(BulkSource.Selection, "", selected) : null;
    }
}

/// <summary>Jobs of a source, the one that failed last first.</summary>
/// <param name="Title">What they are called.</param>
/// <param name="Note">What was not looked at, or null.</param>
/// <param name="Fault">Why the source cannot be read, or null.</param>
internal sealed record SourceJobs(string Title, IReadOnlyList<string> Ids, string? Note = null, string? Fault = null);

/// <summary>Reads which jobs a source has. Changes nothing.</summary>
internal sealed class SourceReader(OperationStore store, GroupStore groups, AttemptSearch search, TimeProvider time)
{
    private const string Again = "failed again: ";

    private static readonly AttemptOutcome[] s_failures = [AttemptOutcome.Failed, AttemptOutcome.Quarantined];

    /// <param name="zone">Of days and times in a search.</param>
    /// <param name="me">Who <c>owner:me</c> is.</param>
    public Task<SourceJobs> ReadAsync(OperationSource source, TimeZoneInfo zone, string? me, CancellationToken cancel) => source.Kind switch
    {
        BulkSource.Group => ReadGroupAsync(Guid.Parse(source.Text), cancel),
        BulkSource.Operation => ReadOperationAsync(Guid.Parse(source.Text), cancel),
        BulkSource.Search => ReadSearchAsync(source.Text, new SearchContext(time.GetUtcNow(), zone, me), cancel),
        _ => Task.FromResult(new SourceJobs(source.Ids.Count == 1 ? "job " + source.Ids[0] : $"{NumberText.Count(source.Ids.Count)} selected jobs", source.Ids)),
    };

    private async Task<SourceJobs> ReadGroupAsync(Guid group, CancellationToken cancel)
    {
        var ids = await store.JobsOfGroupAsync(group, BulkLimits.Jobs, cancel);
        var title = await groups.GetAsync(group, cancel) is { Group: var found }
            ? $"{(found.ErrorType.Length > 0 ? found.ErrorType[(found.ErrorType.LastIndexOf('.') + 1)..] : "Lost workers")} in {found.JobType}: {found.Template}"
            : "group " + group.ToString("D");
        return new SourceJobs(title, ids, IsCut(ids.Count));
    }

    private async Task<SourceJobs> ReadOperationAsync(Guid operation, CancellationToken cancel)
    {
        if (await store.GetAsync(operation, cancel) is not { } earlier)
            return new SourceJobs("an earlier operation", [], Fault: "There is no such operation any more: those that ended long ago are removed.");
        var again = earlier.Draft.Title.StartsWith(Again, StringComparison.Ordinal) ? "" : Again;
        return new SourceJobs(again + earlier.Draft.Title, await store.JobsFailedAgainAsync(operation, BulkLimits.Jobs, cancel));
    }

    private async Task<SourceJobs> ReadSearchAsync(string text, SearchContext context, CancellationToken cancel)
    {
        var parsed = JobQuery.Parse(text, context);
        if (parsed.Query is not { } query)
            return new SourceJobs(text, [], Fault: "The search is wrong: " + string.Join(" ", parsed.Faults.Select(fault => string.Create(CultureInfo.InvariantCulture, $"at character {fault.Position + 1}: {fault.Message}"))));
        var ids = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        JobIdPage page;
        AttemptKey? before = null;
        do
        {
            page = await search.JobIdsAsync(query, s_failures, before, AttemptSearch.MostRows, cancel);
            ids.AddRange(page.Ids.Where(known.Add));
            before = page.Next;
        }
        while (before is not null && page.Problem is null && ids.Count < BulkLimits.Jobs);
        var bound = page.Problem ?? (page.IsBounded ? string.Create(CultureInfo.InvariantCulture, $"The search named no range and looked back to {TimeZoneInfo.ConvertTime(page.SearchedBackTo, context.Zone):yyyy-MM-dd HH:mm} ({context.Zone.Id}). Add since: to it for older ones.") : null);
        return new SourceJobs(text, ids.Count <= BulkLimits.Jobs ? ids : ids[..BulkLimits.Jobs], IsCut(ids.Count) ?? bound);
    }

    private static string? IsCut(int count) => count >= BulkLimits.Jobs ? $"These are the newest {NumberText.Count(BulkLimits.Jobs)}; one operation takes no more." : null;
}
