using System.Globalization;
using System.Text.Json;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Client;

/// <summary>Sends drafts to enqueue.lua: in chunks small enough that no call holds Redis for long, several under way at once.</summary>
internal sealed class EnqueueScript(JobRedis redis, TimeProvider time)
{
    private const int ChunkSize = 200;
    private const int ChunksUnderWay = 4;
    private const int FieldsPerJob = 13;
    private static readonly RedisScript Script = RedisScript.Load("enqueue");
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(100);

    /// <summary>One result for each draft, in their order.</summary>
    public async Task<EnqueueResult[]> RunAsync(JobDraft[] drafts, CancellationToken cancel)
    {
        if (drafts.Length <= ChunkSize)
            return drafts.Length == 0 ? [] : await RunChunkAsync(drafts, cancel);
        var results = new EnqueueResult[drafts.Length];
        var chunks = drafts.Chunk(ChunkSize).Index();
        await Parallel.ForEachAsync(chunks, new ParallelOptions { MaxDegreeOfParallelism = ChunksUnderWay, CancellationToken = cancel }, async (chunk, stop) =>
            (await RunChunkAsync(chunk.Item, stop)).CopyTo(results, chunk.Index * ChunkSize));
        return results;
    }

    private async Task<EnqueueResult[]> RunChunkAsync(JobDraft[] chunk, CancellationToken cancel)
    {
        var outcomes = await CallAsync(chunk, cancel);
        var since = time.GetTimestamp();
        // A Hangfire client holds a parent's lock for milliseconds; the jobs that were made are found to exist when asked again.
        while (outcomes.Contains("locked") && time.GetElapsedTime(since) < LockPatience)
        {
            await Task.Delay(LockPause, time, cancel);
            var places = outcomes.Index().Where(outcome => outcome.Item == "locked").Select(outcome => outcome.Index).ToList();
            var again = await CallAsync([.. places.Select(place => chunk[place])], cancel);
            for (var i = 0; i < again.Length; i++)
                outcomes[places[i]] = again[i];
        }
        return [.. chunk.Zip(outcomes, ResultOf)];
    }

    private async Task<string[]> CallAsync(JobDraft[] chunk, CancellationToken cancel)
    {
        var arguments = new RedisValue[1 + chunk.Length * FieldsPerJob];
        arguments[0] = chunk.Length;
        for (var i = 0; i < chunk.Length; i++)
            Write(chunk[i], arguments.AsSpan(1 + i * FieldsPerJob, FieldsPerJob));
        return (string[])(await redis.EvalAsync(Script, arguments, cancel))!;
    }

    private static void Write(JobDraft draft, Span<RedisValue> to)
    {
        var options = draft.Options;
        to[0] = draft.Id;
        to[1] = draft.Type;
        to[2] = draft.Method;
        to[3] = draft.ParameterTypes;
        to[4] = draft.Arguments;
        to[5] = draft.Queue;
        to[6] = options.At?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "";
        to[7] = draft.UniqueKey ?? "";
        to[8] = options.ParentId ?? "";
        to[9] = ((int)options.On).ToString(CultureInfo.InvariantCulture);
        to[10] = options.Reason ?? "";
        to[11] = options.Parameters is { Count: > 0 } parameters ? JsonSerializer.Serialize(parameters, JobJson.Arguments) : "";
        to[12] = "";
    }

    private static EnqueueResult ResultOf(JobDraft draft, string outcome)
    {
        var id = draft.Id;
        var parent = draft.Options.ParentId;
        return outcome switch
        {
            "created" => new(id, EnqueueOutcome.Created, CreatedText(draft)),
            "exists" => new(id, EnqueueOutcome.AlreadyExists, $"There is a job with the id {id} already; nothing was changed."),
            "parent-missing" => new("", EnqueueOutcome.ParentMissing, $"{draft.Name} was not enqueued: its parent {parent} is not there. It may have expired a day after its end."),
            "parent-full" => new("", EnqueueOutcome.ParentBusy, $"{draft.Name} was not enqueued: 1,000 jobs wait for {parent} already. Let one of them start the others."),
            "locked" => new("", EnqueueOutcome.ParentBusy, $"{draft.Name} was not enqueued: a Hangfire client holds the lock of its parent {parent}. Try again."),
            _ when outcome.StartsWith("duplicate ", StringComparison.Ordinal) =>
                new(outcome[10..], EnqueueOutcome.DuplicateKey, $"{draft.Name} was not enqueued: job {outcome[10..]} holds the key '{draft.UniqueKey}' and has not ended."),
            _ => throw new JobStorageException($"enqueue.lua answered '{outcome}', which this version does not know; the console and its hosts must use one version of the protocol."),
        };
    }

    private static string CreatedText(JobDraft draft) => draft.Options switch
    {
        { ParentId: { } parent } => $"{draft.Name} waits for {parent} as job {draft.Id}.",
        { At: { } at } => $"{draft.Name} is scheduled for {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC as job {draft.Id}.",
        _ => $"{draft.Name} is in queue '{draft.Queue}' as job {draft.Id}.",
    };
}
