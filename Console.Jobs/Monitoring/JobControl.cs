using System.Globalization;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>
/// Changes jobs and queues on an operator's word. Whether the operator may is the caller's question. Every method throws
/// <see cref="JobStorageException"/> when Redis is away.
/// </summary>
public sealed class JobControl(JobRedis redis, TimeProvider time)
{
    private const int MaxNameLength = 200;
    private const int MaxReasonLength = 500;
    private static readonly RedisScript RetryScript = RedisScript.Load("retry");
    private static readonly RedisScript DeleteScript = RedisScript.Load("delete");
    private static readonly RedisScript CancelScript = RedisScript.Load("cancel");
    private static readonly RedisScript PauseScript = RedisScript.Load("pause");
    private static readonly RedisScript ResumeScript = RedisScript.Load("resume");

    /// <summary>Puts a job that does not run into a queue, now: one that failed, ended, waits for its time, or was lost on its way.</summary>
    /// <param name="id">Job.</param>
    /// <param name="actor">Who, and why.</param>
    /// <param name="queue">Queue that it goes to from now on, or null for its own.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task<ControlResult> RetryAsync(string id, Actor actor, string? queue = null, CancellationToken cancel = default)
    {
        if (Refuse(id, actor, queue) is { } refusal)
            return refusal;
        var answer = await CallAsync(RetryScript, [id, queue ?? "", Line("Retried", actor), actor.Name, actor.Reason], cancel);
        return answer switch
        {
            "missing" => Missing(id),
            "locked" => Locked(id),
            "running" => new(ControlOutcome.WrongState, $"Job {id} is running. Cancel it first, or wait for its end."),
            _ when answer.StartsWith("waiting ", StringComparison.Ordinal) => new(ControlOutcome.WrongState, $"Job {id} waits in queue '{answer[8..]}' already. If nothing takes it, look whether the queue is paused or has no worker."),
            _ when answer.StartsWith("duplicate ", StringComparison.Ordinal) => new(ControlOutcome.WrongState, $"Job {id} was not retried: job {answer[10..]} holds its uniqueness key and has not ended."),
            _ when answer.StartsWith("done ", StringComparison.Ordinal) => new(ControlOutcome.Done, $"Job {id} is in queue '{answer[5..]}'."),
            _ => throw Unknown(RetryScript, answer),
        };
    }

    /// <summary>Takes out a job that does not run. An id that is left in lists without its job is swept out.</summary>
    public async Task<ControlResult> DeleteAsync(string id, Actor actor, CancellationToken cancel = default)
    {
        if (Refuse(id, actor) is { } refusal)
            return refusal;
        var answer = await CallAsync(DeleteScript, [id, Line("Deleted", actor), actor.Name, actor.Reason], cancel);
        return answer switch
        {
            "done" => new(ControlOutcome.Done, $"Job {id} is deleted. It can be retried for a day."),
            "swept" => new(ControlOutcome.Done, $"Nothing but the id {id} was left of this job; it was removed from the lists."),
            "missing" => Missing(id),
            "locked" => Locked(id),
            "running" => new(ControlOutcome.WrongState, $"Job {id} is running. Cancel it instead."),
            "deleted" => new(ControlOutcome.WrongState, $"Job {id} is deleted already."),
            _ => throw Unknown(DeleteScript, answer),
        };
    }

    /// <summary>Asks for the end of a running job, or takes out one that waits.</summary>
    public async Task<ControlResult> CancelAsync(string id, Actor actor, CancellationToken cancel = default)
    {
        if (Refuse(id, actor) is { } refusal)
            return refusal;
        var answer = await CallAsync(CancelScript, [id, Line("Cancelled", actor), actor.Name, actor.Reason], cancel);
        return answer switch
        {
            "requested" => new(ControlOutcome.Requested, $"The worker of job {id} was asked to cancel it."),
            "done Processing" => new(ControlOutcome.Done, $"Job {id} is deleted. The Hangfire server that runs it stops it within seconds if its code heeds cancellation."),
            "missing" => Missing(id),
            "locked" => Locked(id),
            _ when answer.StartsWith("done ", StringComparison.Ordinal) => new(ControlOutcome.Done, $"Job {id} was waiting and is deleted."),
            _ when answer.StartsWith("ended ", StringComparison.Ordinal) => new(ControlOutcome.WrongState, $"Job {id} is {(answer.Length > 6 ? answer[6..].ToLowerInvariant() : "in no state")}; only a job that runs or waits can be cancelled."),
            _ => throw Unknown(CancelScript, answer),
        };
    }

    /// <summary>Stops workers from taking jobs out of a queue. Running jobs go on.</summary>
    /// <param name="queue">Queue; it need not exist yet.</param>
    /// <param name="actor">Who, and why.</param>
    /// <param name="until">When the pause ends by itself, or null for never.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task<ControlResult> PauseQueueAsync(string queue, Actor actor, DateTimeOffset? until = null, CancellationToken cancel = default)
    {
        if (RefuseQueue(queue, actor) is { } refusal)
            return refusal;
        if (until <= time.GetUtcNow())
            return new(ControlOutcome.WrongState, $"Queue '{queue}' was not paused: the end {until:u} has passed.");
        var answer = await CallAsync(PauseScript, [queue, actor.Name, actor.Reason, until?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? ""], cancel);
        return answer == "done"
            ? new(ControlOutcome.Done, until is null ? $"Queue '{queue}' is paused." : $"Queue '{queue}' is paused until {until.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.")
            : throw Unknown(PauseScript, answer);
    }

    /// <summary>Lets workers take jobs out of a queue again.</summary>
    public async Task<ControlResult> ResumeQueueAsync(string queue, Actor actor, CancellationToken cancel = default)
    {
        if (RefuseQueue(queue, actor) is { } refusal)
            return refusal;
        var answer = await CallAsync(ResumeScript, [queue, actor.Name, actor.Reason], cancel);
        return answer switch
        {
            "done" => new(ControlOutcome.Done, $"Queue '{queue}' runs again."),
            "not-paused" => new(ControlOutcome.WrongState, $"Queue '{queue}' is not paused."),
            _ => throw Unknown(ResumeScript, answer),
        };
    }

    private async Task<string> CallAsync(RedisScript script, RedisValue[] arguments, CancellationToken cancel) => Reply.Text(await redis.EvalAsync(script, arguments, cancel));

    // Ids made by others may hold anything that a key can; only what cannot be sent is refused.
    private static ControlResult? Refuse(string id, Actor actor, string? queue = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(actor);
        if (id.Length is 0 or > 512 || id.Contains(':') || TextRules.FaultIn(id) is not null)
            return new(ControlOutcome.NotFound, "This is no job id.");
        if (queue is not null && TextRules.FaultInQueue(queue) is { } fault)
            return new(ControlOutcome.WrongState, fault);
        return RefuseActor(actor);
    }

    private static ControlResult? RefuseQueue(string queue, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(actor);
        return TextRules.FaultInQueue(queue) is { } fault ? new(ControlOutcome.NotFound, fault) : RefuseActor(actor);
    }

    private static ControlResult? RefuseActor(Actor actor)
    {
        if (TextRules.FaultInLine(actor.Name, MaxNameLength) is { } name)
            return new(ControlOutcome.WrongState, "The name of the operator cannot be stored. " + name);
        return TextRules.FaultInLine(actor.Reason, MaxReasonLength) is { } reason ? new(ControlOutcome.WrongState, "The reason cannot be stored. " + reason) : null;
    }

    private static string Line(string act, Actor actor) => actor.Reason.Length > 0 ? $"{act} by {actor.Name}: {actor.Reason}" : $"{act} by {actor.Name}";

    private static ControlResult Missing(string id) => new(ControlOutcome.NotFound, $"There is no job {id}. Jobs that ended are dropped after a day.");

    private static ControlResult Locked(string id) => new(ControlOutcome.Locked, $"A Hangfire client is changing job {id} at this moment. Try again.");

    private static JobStorageException Unknown(RedisScript script, string answer) =>
        new($"{script.Name}.lua answered '{answer}', which this version does not know; the console and its hosts must use one version of the protocol.");
}
