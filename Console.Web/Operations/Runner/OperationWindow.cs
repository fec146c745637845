using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>Acts on a run of items: in chunks of which some are under way together, each item once however often it is sent.</summary>
internal sealed class OperationWindow(BulkControl control, TimeProvider time)
{
    private const int MaxTries = 30;
    // A call is 2 to 3 ms of Redis; what pages ask for on this connection comes behind those that are under way.
    private const int JobsPerCall = 100;
    private const int CallsUnderWay = 4;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Most items of a window.</summary>
    public const int Most = 4_000;

    /// <returns>Marks of items that were left out; the others are done.</returns>
    public async Task<IReadOnlyList<BulkMark>> RunAsync(BulkOperation operation, IReadOnlyList<BulkItem> items, CancellationToken cancel)
    {
        var act = new BulkAct(operation.Id.ToString("D"), operation.MadeAt, new Actor(operation.MadeBy, operation.Draft.Reason));
        var chunks = items.Chunk(JobsPerCall).ToList();
        var marks = new List<BulkMark>[chunks.Count];
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = CallsUnderWay, CancellationToken = cancel };
        await Parallel.ForEachAsync(Enumerable.Range(0, chunks.Count), bounds, async (i, stop) => marks[i] = await RunChunkAsync(operation, act, chunks[i], stop));
        return [.. marks.SelectMany(some => some)];
    }

    private async Task<List<BulkMark>> RunChunkAsync(BulkOperation operation, BulkAct act, BulkItem[] chunk, CancellationToken cancel)
    {
        var marks = new List<BulkMark>();
        var left = operation.Draft.Kind == BulkKind.RetryPatched
            ? await PatchAsync(operation, chunk, marks, cancel)
            : [.. chunk.Select(item => (item, new BulkTarget(item.JobId)))];
        for (var tries = 0; left.Count > 0; tries++)
        {
            if (tries > 0)
                await Task.Delay(LockPause, time, cancel);
            var targets = left.ConvertAll(one => one.Target);
            var answers = operation.IsRetry ? await control.RetryAsync(act, targets, cancel) : await control.DeleteAsync(act, targets, cancel);
            var again = left.Where((_, i) => answers[i].Outcome == BulkOutcome.Later).ToList();
            marks.AddRange(left.Zip(answers).Select(pair => MarkOf(pair.First.Item, pair.Second)).OfType<BulkMark>());
            // A call that got somewhere was only long enough; one that did not met a lock.
            if (again.Count < left.Count)
                tries = 0;
            if (tries >= MaxTries)
                return [.. marks, .. again.Select(one => new BulkMark(one.Item.Number, BulkItemState.Locked))];
            left = again;
        }
        return marks;
    }

    private async Task<List<(BulkItem Item, BulkTarget Target)>> PatchAsync(BulkOperation operation, BulkItem[] chunk, List<BulkMark> marks, CancellationToken cancel)
    {
        var patch = JsonPatch.Parse(operation.Draft.Patch).Patch ?? throw new InvalidOperationException($"The stored patch of operation {operation.Id} cannot be read.");
        var calls = await control.GetCallsAsync([.. chunk.Select(item => item.JobId)], cancel);
        // A job that was done before has the new arguments already, to which the patch may not apply.
        var standing = await control.GetStandingAsync([.. chunk.Select(item => item.JobId)], cancel);
        var targets = new List<(BulkItem, BulkTarget)>(chunk.Length);
        for (var i = 0; i < chunk.Length; i++)
        {
            if (!standing[i].IsFailed || standing[i].OperationId == operation.Id.ToString("D"))
            {
                targets.Add((chunk[i], new BulkTarget(chunk[i].JobId)));
                continue;
            }
            var (arguments, fault) = PatchedArguments.Of(calls[i], patch);
            if (fault is null)
                targets.Add((chunk[i], new BulkTarget(chunk[i].JobId, arguments)));
            else
                marks.Add(new BulkMark(chunk[i].Number, BulkItemState.Unfit, fault));
        }
        return targets;
    }

    private static BulkMark? MarkOf(BulkItem item, BulkAnswer answer) => answer.Outcome switch
    {
        BulkOutcome.NotFailed => new(item.Number, MovedOn(answer.State)),
        BulkOutcome.FailedSince => new(item.Number, BulkItemState.FailedSince),
        BulkOutcome.Missing => new(item.Number, BulkItemState.Missing),
        BulkOutcome.DuplicateKey => new(item.Number, BulkItemState.Duplicate, answer.Detail),
        BulkOutcome.Damaged => new(item.Number, BulkItemState.Damaged, answer.Detail),
        _ => null,
    };

    /// <summary>What a job that is not failed any more counts as.</summary>
    public static BulkItemState MovedOn(JobState state) => state switch
    {
        JobState.Succeeded => BulkItemState.HasSucceeded,
        JobState.Deleted => BulkItemState.IsDeleted,
        JobState.Unknown => BulkItemState.Damaged,
        _ => BulkItemState.Retried,
    };
}
