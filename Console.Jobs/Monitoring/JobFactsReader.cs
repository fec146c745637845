using System.Globalization;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads what the history keeps of attempts beside their events: many at once, several calls under way at a time.</summary>
public sealed class JobFactsReader(JobRedis redis, JobCatalogue catalogue)
{
    private const int IdsPerCall = 200;
    private const int CallsUnderWay = 4;
    private const int BytesPerCall = 4_000_000;
    private const int LongestText = 1_000_000;
    private static readonly RedisScript Script = RedisScript.Load("facts");

    /// <summary>Whether an event of this kind ends an attempt, or a job that never ran.</summary>
    public static bool IsEnd(string kind) => StateOf(kind) is not null;

    /// <summary>Facts of each, in their order.</summary>
    /// <exception cref="JobStorageException">Redis is away.</exception>
    public async Task<IReadOnlyList<JobFacts>> ReadAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(ends);
        var facts = new JobFacts[ends.Count];
        if (facts.Length == 0)
            return facts;
        var index = await catalogue.IndexAsync(cancel);
        var starts = Enumerable.Range(0, (facts.Length + IdsPerCall - 1) / IdsPerCall).Select(chunk => chunk * IdsPerCall);
        await Parallel.ForEachAsync(starts, new ParallelOptions { MaxDegreeOfParallelism = CallsUnderWay, CancellationToken = cancel }, async (start, stop) =>
        {
            var end = Math.Min(start + IdsPerCall, facts.Length);
            // Large ones come in several calls.
            for (var at = start; at < end;)
                at += await ReadAsync(ends, at, end, facts, index, stop);
        });
        return facts;
    }

    private async Task<int> ReadAsync(IReadOnlyList<AttemptEnd> ends, int from, int until, JobFacts[] facts, CatalogueIndex index, CancellationToken cancel)
    {
        var arguments = new RedisValue[2 + 3 * (until - from)];
        arguments[0] = BytesPerCall;
        arguments[1] = LongestText;
        for (var i = from; i < until; i++)
        {
            var at = 2 + 3 * (i - from);
            arguments[at] = ends[i].JobId;
            arguments[at + 1] = ends[i].At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            arguments[at + 2] = StateOf(ends[i].Kind) ?? throw new ArgumentException($"An event '{ends[i].Kind}' ends no attempt.", nameof(ends));
        }
        var rows = Reply.List(await redis.EvalAsync(Script, arguments, cancel));
        if (rows.Length == 0)
            throw new JobStorageException("The script 'facts' answered nothing; the console and Redis must use one version of the protocol.");
        for (var i = 0; i < rows.Length; i++)
            facts[from + i] = FactsReply.Read(Reply.List(rows[i]), index);
        return rows.Length;
    }

    private static string? StateOf(string kind) => kind switch
    {
        JobEventKinds.Succeeded => "Succeeded",
        JobEventKinds.Retrying or JobEventKinds.Failed or JobEventKinds.Quarantined => "Failed",
        JobEventKinds.Requeued => "Enqueued",
        JobEventKinds.Deleted => "Deleted",
        _ => null,
    };
}
