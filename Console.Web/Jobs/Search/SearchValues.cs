using OpsConsole.Data;
using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>A value that some jobs have.</summary>
/// <param name="Count">How many of what <paramref name="Note"/> says; null when that is not known.</param>
public sealed record KnownValue(string Value, long? Count, string Note);

/// <summary>The values that fields have, for completion and for forms: what is there now first, then what the history knows.</summary>
public sealed class SearchValues(AttemptSearch past, JobCatalogue catalogue, FleetBoard fleet)
{
    /// <summary>Values with this text in them, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<KnownValue>> OfAsync(QueryField field, string part, int limit, CancellationToken cancel = default)
    {
        var known = await PastAsync(field, part, limit, cancel);
        var counts = known.ToDictionary(value => value.Name, value => value.Count, StringComparer.OrdinalIgnoreCase);
        var here = (await HereAsync(field, cancel)).Where(value => value.Value.Contains(part, StringComparison.OrdinalIgnoreCase)).ToList();
        var all = here.Select(value => value.Count is null && counts.TryGetValue(value.Value, out var count) ? value with { Count = count, Note = "attempts" } : value)
            .Concat(known.Select(value => new KnownValue(value.Name, value.Count, value.Count == 1 ? "attempt" : "attempts")));
        return [.. all.DistinctBy(value => value.Value, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(value => value.Value.StartsWith(part, StringComparison.OrdinalIgnoreCase)).Take(limit)];
    }

    public IReadOnlyList<KnownValue> States(string part) =>
        [.. from state in Enum.GetValues<SearchState>()
            let name = state.ToString().ToLowerInvariant()
            where name.StartsWith(part, StringComparison.OrdinalIgnoreCase)
            let live = SearchPlan.StateOf(state)
            select live is { } one && fleet.Current.IsReady ? new KnownValue(name, fleet.Current.Of(one), one is JobState.Succeeded or JobState.Deleted ? "ever" : "now") : new KnownValue(name, null, "past attempts only")];

    public static IReadOnlyList<KnownValue> Outcomes(string part) =>
        [.. Enum.GetNames<AttemptOutcome>().Prepend("Failure").Select(name => name.ToLowerInvariant())
            .Where(name => name.StartsWith(part, StringComparison.OrdinalIgnoreCase)).Select(name => new KnownValue(name, null, name == "failure" ? "every attempt that failed" : ""))];

    private async Task<IEnumerable<KnownValue>> HereAsync(QueryField field, CancellationToken cancel)
    {
        var view = fleet.Current;
        return field switch
        {
            QueryField.Queue => view.Queues.Select(queue => new KnownValue(queue.Name, queue.Depth + queue.Throttled, "waiting")),
            QueryField.Worker => view.Workers.Select(worker => new KnownValue(worker.Record.Id, worker.Busy, "running")),
            QueryField.Host => view.Workers.Select(worker => new KnownValue(worker.Record.Host, null, "")).Where(host => host.Value.Length > 0),
            QueryField.Version => view.Workers.Select(worker => new KnownValue(worker.Record.Version, null, "runs now")).Where(version => version.Value.Length > 0),
            QueryField.Type => await TypesAsync(cancel),
            _ => [],
        };
    }

    private async Task<IEnumerable<KnownValue>> TypesAsync(CancellationToken cancel)
    {
        try
        {
            return (await catalogue.GetAsync(cancel)).Select(type => new KnownValue(type.Name, null, ""));
        }
        catch (JobStorageException)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<NameCount>> PastAsync(QueryField field, string part, int limit, CancellationToken cancel)
    {
        try
        {
            return await past.ValuesAsync(field, part, limit, cancel);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            return [];
        }
    }
}
