using System.Globalization;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>
/// Acts on many failed jobs for an operation. A call can be repeated after any interruption: a job is moved at most once for each
/// operation. Every method throws <see cref="JobStorageException"/> when Redis is away.
/// </summary>
public sealed class BulkControl(JobRedis redis, JobCatalogue catalogue)
{
    /// <summary>Most jobs in one call that acts or reads arguments.</summary>
    public const int MaxTargets = 200;

    /// <summary>Most ids in one call of <see cref="GetStandingAsync"/>.</summary>
    public const int MaxIds = 10_000;

    private const int IdsPerRead = 500;
    private static readonly RedisScript Retry = RedisScript.Load("retry-many");
    private static readonly RedisScript Delete = RedisScript.Load("delete-many");
    private static readonly RedisScript States = RedisScript.Load("states");

    /// <summary>The clock of Redis, by which the age of failures is told.</summary>
    public async Task<DateTimeOffset> GetTimeAsync(CancellationToken cancel = default)
    {
        var time = Reply.Texts(await redis.RunAsync("TIME", database => database.ExecuteAsync("TIME"), cancel));
        return DateTimeOffset.FromUnixTimeMilliseconds((long.Parse(time[0], CultureInfo.InvariantCulture) * 1000) + (long.Parse(time[1], CultureInfo.InvariantCulture) / 1000));
    }

    /// <summary>Puts failed jobs back into their queues.</summary>
    /// <returns>One answer for each target, in their order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxTargets"/> jobs.</exception>
    public Task<IReadOnlyList<BulkAnswer>> RetryAsync(BulkAct act, IReadOnlyList<BulkTarget> targets, CancellationToken cancel = default) =>
        RunAsync(Retry, "Retried", act, targets, target => [target.JobId, target.Arguments ?? ""], cancel);

    /// <summary>Takes out failed jobs.</summary>
    /// <inheritdoc cref="RetryAsync"/>
    public Task<IReadOnlyList<BulkAnswer>> DeleteAsync(BulkAct act, IReadOnlyList<BulkTarget> targets, CancellationToken cancel = default) =>
        RunAsync(Delete, "Deleted", act, targets, target => [target.JobId], cancel);

    /// <summary>Where jobs stand, in the order of the ids.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxIds"/> ids.</exception>
    public async Task<IReadOnlyList<JobStanding>> GetStandingAsync(IReadOnlyList<string> ids, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, MaxIds, nameof(ids));
        var calls = ids.Chunk(IdsPerRead).Select(chunk => ReadStatesAsync(chunk, cancel)).ToList();
        return [.. (await Task.WhenAll(calls)).SelectMany(rows => rows)];
    }

    /// <summary>The calls that jobs are stored with, in the order of the ids; null where there is no job or none that can be read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxTargets"/> ids.</exception>
    public async Task<IReadOnlyList<StoredCall?>> GetCallsAsync(IReadOnlyList<string> ids, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, MaxTargets, nameof(ids));
        var index = await catalogue.IndexAsync(cancel);
        RedisValue[] fields = ["Type", "Method", "ParameterTypes", "Arguments"];
        var rows = await redis.RunAsync("reading arguments", database => Task.WhenAll(ids.Select(id => database.HashGetAsync(redis.Keys.Job(id), fields))), cancel);
        return [.. ids.Zip(rows, (id, row) => StoredCall.Read(id, row, index, redis.Options.MaxArgumentBytes))];
    }

    private async Task<IReadOnlyList<BulkAnswer>> RunAsync(
        RedisScript script, string word, BulkAct act, IReadOnlyList<BulkTarget> targets, Func<BulkTarget, RedisValue[]> arguments, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(targets.Count, MaxTargets, nameof(targets));
        if (TextRules.FaultInId(act.OperationId) is { } fault)
            throw new ArgumentException(fault, nameof(act));
        if (targets.Count == 0)
            return [];
        var (name, reason) = act.Actor;
        RedisValue[] head = [act.OperationId, act.MadeAt.ToUnixTimeMilliseconds(), reason.Length > 0 ? $"{word} by {name}: {reason}" : $"{word} by {name}", name, reason];
        var answers = Reply.Texts(await redis.EvalAsync(script, [.. head, .. targets.SelectMany(arguments)], cancel));
        return [.. targets.Zip(answers, (target, answer) => Read(script, target.JobId, answer))];
    }

    private static BulkAnswer Read(RedisScript script, string id, string answer)
    {
        var space = answer.IndexOf(' ', StringComparison.Ordinal);
        var (word, rest) = space < 0 ? (answer, "") : (answer[..space], answer[(space + 1)..]);
        BulkAnswer With(BulkOutcome outcome) => new(id, outcome, word == "state" ? JobStates.OfStored(rest) : JobState.Unknown, word == "state" ? "" : rest);
        return With(word switch
        {
            "done" => BulkOutcome.Done,
            "before" => BulkOutcome.DoneBefore,
            "state" => BulkOutcome.NotFailed,
            "since" => BulkOutcome.FailedSince,
            "missing" => BulkOutcome.Missing,
            "duplicate" => BulkOutcome.DuplicateKey,
            "damaged" => BulkOutcome.Damaged,
            "locked" or "later" => BulkOutcome.Later,
            _ => throw new JobStorageException($"{script.Name}.lua answered '{answer}', which this version does not know; the console and its hosts must use one version of the protocol."),
        });
    }

    private async Task<IEnumerable<JobStanding>> ReadStatesAsync(string[] ids, CancellationToken cancel)
    {
        var flat = Reply.List(await redis.EvalAsync(States, [.. ids.Select(id => (RedisValue)id)], cancel));
        return ids.Select((id, i) => JobStanding.Read(id, Reply.Text(flat[4 * i]), Reply.Text(flat[(4 * i) + 1]), Reply.Number(flat[(4 * i) + 2]) == 1, Reply.Text(flat[(4 * i) + 3])));
    }
}
