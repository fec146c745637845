using System.Collections.Concurrent;
using System.Globalization;
using OpsConsole.Data.Audit;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Operators;

/// <summary>One act on up to a thousand jobs: a few at a time, each with an answer of its own.</summary>
internal static class BulkRun
{
    private const int Parallel = 16;

    /// <summary>How the audit names the targets in one line.</summary>
    public static string Name(IReadOnlyList<string> ids) => ids.Count switch
    {
        0 => "",
        1 => ids[0],
        _ => string.Create(CultureInfo.InvariantCulture, $"{ids[0]} and {ids.Count - 1:#,0} more"),
    };

    public static async Task<OperationResult> RunAsync(
        IReadOnlyList<string> ids, Func<string, CancellationToken, Task<ControlResult>> act, string? queue, CancellationToken cancel)
    {
        if (ids.Count is 0 or > OperationLimits.Targets)
            return OperationResult.Refuse($"One act takes 1 to {OperationLimits.Targets:N0} jobs; these are {ids.Count:N0}. Select fewer.", ids.Count);
        var answers = new ConcurrentDictionary<string, ControlResult>(StringComparer.Ordinal);
        string? broken = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await System.Threading.Tasks.Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = stop.Token }, async (id, token) =>
            {
                try
                {
                    answers[id] = await act(id, token);
                }
                catch (JobStorageException e)
                {
                    // The rest would fail the same way, one time-out after another.
                    Interlocked.CompareExchange(ref broken, e.Message, null);
                    await stop.CancelAsync();
                }
            });
        }
        catch (OperationCanceledException)
        {
            broken ??= "The act was interrupted.";
        }
        return Sum(ids, answers, queue, broken);
    }

    private static OperationResult Sum(IReadOnlyList<string> ids, ConcurrentDictionary<string, ControlResult> answers, string? queue, string? broken)
    {
        var refusals = ids.Where(id => !answers.TryGetValue(id, out var answer) || !answer.IsAccepted)
            .Select(id => new OperationRefusal(id, answers.TryGetValue(id, out var answer) ? answer.Message : broken ?? "Not tried.")).ToList();
        var done = ids.Count - refusals.Count;
        return new OperationResult
        {
            Accepted = done > 0,
            Done = done,
            Refused = refusals.Count,
            Refusals = [.. refusals.Take(OperationLimits.ListedRefusals)],
            Message = Message(ids, answers, refusals, done, broken),
            Recorded = broken is null ? null : AuditResult.Failed,
            Facts = queue is null ? new Dictionary<string, object?>() : new() { ["queue"] = queue },
        };
    }

    private static string Message(
        IReadOnlyList<string> ids, ConcurrentDictionary<string, ControlResult> answers, List<OperationRefusal> refusals, int done, string? broken)
    {
        if (broken is not null)
            return $"Accepted for {done:N0} of {ids.Count:N0} jobs; for the rest it is not known or was not tried. {broken}";
        if (ids.Count == 1)
            return answers[ids[0]].Message;
        if (refusals.Count == 0)
        {
            var requested = answers.Values.Count(answer => answer.Outcome == ControlOutcome.Requested);
            return requested > 0 ? $"Asked for on {done:N0} jobs." : $"Done for {done:N0} jobs.";
        }
        var first = $"First refusal: {refusals[0].Target}: {refusals[0].Message}";
        return done == 0 ? $"Refused for all {ids.Count:N0} jobs. {first}" : $"Done for {done:N0} of {ids.Count:N0} jobs, refused for {refusals.Count:N0}. {first}";
    }
}
