using OpsConsole.Bench;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Client;

namespace OpsConsole.Chaos.Deaths;

/// <summary>Mass retries and deletes of jobs that have failed, and what must have become of each of them.</summary>
internal sealed class MassOperations(ChaosSpace space, OperationStore store)
{
    private const int JobsOfEach = 20;
    private const int MostOpen = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly List<Guid> _made = [];
    private readonly HashSet<string> _retried = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);
    private IReadOnlyList<BulkOperation> _ended = [];
    private Dictionary<string, int> _timesDeleted = [];

    /// <summary>Jobs that were retried.</summary>
    public IReadOnlySet<string> Retried => _retried;

    /// <summary>What was done to the jobs, and what the operations say of it.</summary>
    public IEnumerable<Figure> FiguresFor(Verdict verdict) =>
    [
        new("console_operations", _ended.Count, AtLeast: 2),
        new("console_counts_wrong", _ended.Count(operation => !IsRight(operation)), AtMost: 0),
        new("console_retried_twice", _retried.Count(id => verdict.Audit.Starts(id) > 2), AtMost: 0),
        new("console_deleted", _timesDeleted.Count(job => job.Value == 1 && verdict.Places.States.GetValueOrDefault(job.Key) == "Deleted"), AtLeast: _deleted.Count),
        new("console_deleted_and_run", _deleted.Count(id => verdict.Audit.Starts(id) > 1), AtMost: 0),
    ];

    /// <summary>Makes an operation, unless dead consoles have left enough of this kind open: each is gone on with, and goes through the same step.</summary>
    public async Task StartAsync(BulkKind kind)
    {
        if ((await store.OpenAsync()).Count(operation => operation.Draft.Kind == kind) >= MostOpen)
            return;
        var ids = await FailAsync();
        (kind == BulkKind.Delete ? _deleted : _retried).UnionWith(ids);
        if (kind != BulkKind.Delete)
            space.Load.Adopt(ids);
        var draft = new BulkDraft { Kind = kind, Source = BulkSource.Selection, Title = "chaos", Reason = "Its console dies." };
        var made = await store.CreateAsync(draft, "chaos", DateTimeOffset.UtcNow, ids);
        _made.Add(made.Id ?? throw new InvalidOperationException(made.Refusal));
    }

    /// <summary>Waits until none is open, and reads what they say.</summary>
    public async Task<bool> EndAsync()
    {
        var isOver = await Waiting.TryUntilAsync(s_patience, async () => (await store.OpenAsync()).Count == 0) is not null;
        _ended = [.. (await Task.WhenAll(_made.Select(id => store.GetAsync(id)))).OfType<BulkOperation>()];
        var events = (await StreamEvent.ReadAllAsync(space.Jobs)).Where(e => e.Kind == "deleted").CountBy(e => e.Subject).ToDictionary();
        _timesDeleted = _deleted.ToDictionary(id => id, id => events.GetValueOrDefault(id));
        return isOver;
    }

    private static bool IsRight(BulkOperation operation) =>
        operation is { Total: JobsOfEach, Done: JobsOfEach, LeftOut: 0 } && (!operation.IsRetry || operation.Of(BulkItemState.Succeeded) == JobsOfEach);

    private async Task<List<string>> FailAsync()
    {
        var requests = Enumerable.Range(0, JobsOfEach).Select(i => new JobRequest("chaos.breaks", """{"milliseconds":1}""", new EnqueueOptions { Id = $"mass-{_made.Count}-{i}" })).ToList();
        await space.Client.EnqueueManyAsync(requests);
        var ids = requests.ConvertAll(request => request.Options!.Id!);
        await Waiting.UntilAsync("the jobs have failed", s_patience, async () => (await FailedAsync()).IsSupersetOf(ids));
        return ids;
    }

    private async Task<HashSet<string>> FailedAsync() =>
        [.. (await space.AskAsync(redis => redis.SortedSetRangeByRankAsync(space.Jobs.Keys.Failed))).Select(id => (string)id!)];
}
