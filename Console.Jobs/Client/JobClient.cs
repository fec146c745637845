using System.Linq.Expressions;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Client;

/// <summary>
/// Makes jobs. A call under a caller-made id can be repeated after a time-out: a second job is never made. Refusals come as
/// results; <see cref="JobStorageException"/> means that Redis is away.
/// </summary>
public sealed class JobClient
{
    /// <summary>Most requests in one call of <see cref="EnqueueManyAsync"/>.</summary>
    public const int MaxBatch = 10_000;

    private readonly JobCatalogue _catalogue;
    private readonly EnqueueScript _script;
    private readonly int _maxArgumentBytes;

    /// <summary>Makes a client; one for the whole process is enough.</summary>
    public JobClient(JobRedis redis, JobCatalogue catalogue, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(redis);
        _catalogue = catalogue;
        _script = new EnqueueScript(redis, time);
        _maxArgumentBytes = redis.Options.MaxArgumentBytes;
    }

    /// <summary>Makes a job of a method call; its arguments are evaluated now. <see cref="CancellationToken"/> and <see cref="JobContext"/> may be given as <c>default</c>.</summary>
    /// <exception cref="ArgumentException">The expression is no call of a public method.</exception>
    public Task<EnqueueResult> EnqueueAsync<T>(Expression<Func<T, Task>> call, EnqueueOptions? options = null, CancellationToken cancel = default) => EnqueueCallAsync(typeof(T), call, options, cancel);

    /// <inheritdoc cref="EnqueueAsync{T}(Expression{Func{T, Task}}, EnqueueOptions?, CancellationToken)"/>
    public Task<EnqueueResult> EnqueueAsync<T>(Expression<Action<T>> call, EnqueueOptions? options = null, CancellationToken cancel = default) => EnqueueCallAsync(typeof(T), call, options, cancel);

    /// <summary>Makes a job of a published type from JSON arguments, which are checked against its schema.</summary>
    /// <param name="jobType">Friendly name, <c>Namespace.Type.Method</c> or type key.</param>
    /// <param name="argumentsJson">JSON object by parameter name, or JSON array by position.</param>
    /// <param name="options">When and where, or null.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task<EnqueueResult> EnqueueAsync(string jobType, string argumentsJson, EnqueueOptions? options = null, CancellationToken cancel = default) =>
        (await EnqueueManyAsync([new JobRequest(jobType, argumentsJson, options)], cancel))[0];

    /// <summary>Makes a job that waits until its parent has ended.</summary>
    public Task<EnqueueResult> ContinueWithAsync<T>(string parentId, Expression<Func<T, Task>> call, ContinueOn on = ContinueOn.Succeeded, EnqueueOptions? options = null, CancellationToken cancel = default) =>
        EnqueueCallAsync(typeof(T), call, (options ?? new EnqueueOptions()) with { ParentId = parentId, On = on }, cancel);

    /// <inheritdoc cref="ContinueWithAsync{T}(string, Expression{Func{T, Task}}, ContinueOn, EnqueueOptions?, CancellationToken)"/>
    public Task<EnqueueResult> ContinueWithAsync<T>(string parentId, Expression<Action<T>> call, ContinueOn on = ContinueOn.Succeeded, EnqueueOptions? options = null, CancellationToken cancel = default) =>
        EnqueueCallAsync(typeof(T), call, (options ?? new EnqueueOptions()) with { ParentId = parentId, On = on }, cancel);

    /// <summary>Makes many jobs; one refused request does not stop the others.</summary>
    /// <returns>One result for each request, in their order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxBatch"/> requests.</exception>
    public async Task<IReadOnlyList<EnqueueResult>> EnqueueManyAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requests.Count, MaxBatch, nameof(requests));
        var index = await _catalogue.IndexWithAsync(requests.Select(request => request.JobType), cancel);
        var results = new EnqueueResult?[requests.Count];
        var drafts = new List<(int Place, JobDraft Draft)>(requests.Count);
        for (var i = 0; i < requests.Count; i++)
        {
            var (draft, refusal) = DraftOf(requests[i], index);
            results[i] = refusal;
            if (draft is not null)
                drafts.Add((i, draft));
        }
        var made = await _script.RunAsync([.. drafts.Select(entry => entry.Draft)], cancel);
        for (var i = 0; i < made.Length; i++)
            results[drafts[i].Place] = made[i];
        return results!;
    }

    private (JobDraft? Draft, EnqueueResult? Refusal) DraftOf(JobRequest request, CatalogueIndex index)
    {
        if (index.Find(request.JobType) is not { } type)
            return (null, UnknownType(request.JobType, index));
        // Far larger text is refused before it is read; the exact limit is checked on what would be stored.
        if (request.ArgumentsJson.Length > 4L * _maxArgumentBytes)
            return (null, new EnqueueResult("", EnqueueOutcome.TooLarge, $"The arguments of {type.Name} have {request.ArgumentsJson.Length:N0} characters; the limit is {_maxArgumentBytes:N0} bytes."));
        var binding = ArgumentBinder.Bind(type, request.ArgumentsJson);
        return binding.IsSound ? DraftMaker.Make(type, binding.Values, request.Options, _maxArgumentBytes) : (null, DraftMaker.Refuse(request.Options, type, binding.Problems));
    }

    private static EnqueueResult UnknownType(string name, CatalogueIndex index)
    {
        var shown = TextRules.FaultIn(name) is null ? $"'{(name.Length > 100 ? name[..100] + "…" : name)}'" : "(unreadable)";
        var near = index.NamesNear(name);
        var hint = near.Count > 0 ? $"Did you mean {string.Join(", ", near)}?" : index.All.Count == 0 ? "No host has published any job type yet; start one." : "Start a host that has it, or choose one of the published types.";
        return new EnqueueResult("", EnqueueOutcome.UnknownType, $"No host has published a job type {shown}. {hint}");
    }

    private async Task<EnqueueResult> EnqueueCallAsync(Type target, LambdaExpression call, EnqueueOptions? options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(call);
        var (type, binding) = CallReader.Read(target, call);
        var (draft, refusal) = binding.IsSound ? DraftMaker.Make(type, binding.Values, options, _maxArgumentBytes) : (null, DraftMaker.Refuse(options, type, binding.Problems));
        return refusal ?? (await _script.RunAsync([draft!], cancel))[0];
    }
}
