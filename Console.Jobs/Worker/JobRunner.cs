using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Worker;

/// <summary>Runs one attempt: binds its arguments, makes its class, calls it, and says what became of it.</summary>
internal sealed class JobRunner(IServiceScopeFactory scopes, WorkerCatalogue catalogue, JobReports reports, JobStorageOptions storage, ILogger<JobRunner> logger)
{
    /// <summary>Starts an attempt on the thread pool; its end goes to its pool.</summary>
    public void Start(RunningJob job) => ThreadPool.UnsafeQueueUserWorkItem(static work => work.Runner.Run(work.Job), (Runner: this, Job: job), preferLocal: false);

    /// <summary>Starts an attempt on this thread, and comes back when the job first waits for something or has ended.</summary>
    public void Run(RunningJob job)
    {
        var since = Stopwatch.GetTimestamp();
        _ = RunAsync(job);
        job.Declared?.NoteHeld(Stopwatch.GetTimestamp() - since);
    }

    private async Task RunAsync(RunningJob job)
    {
        using var scope = logger.BeginScope(new JobLogScope(job));
        var outcome = await OutcomeOfAsync(job);
        try
        {
            await reports.FlushAsync(job);
        }
        finally
        {
            job.Pool.End(job, outcome);
            job.Dispose();
        }
    }

    private async Task<JobOutcome> OutcomeOfAsync(RunningJob job)
    {
        try
        {
            var result = await CallAsync(job);
            if (logger.IsEnabled(LogLevel.Information))
                logger.JobSucceeded(Stopwatch.GetElapsedTime(job.StartedAt).TotalMilliseconds);
            return ResultJson(result) is { Length: > 0 } json ? new JobOutcome.Succeeded(json) : JobOutcome.Succeeded.Plain;
        }
#pragma warning disable CA1031 // Whatever a job throws is its outcome.
        catch (Exception e)
        {
            return OutcomeOf(job, e);
        }
#pragma warning restore CA1031
    }

    private async ValueTask<object?> CallAsync(RunningJob job)
    {
        var claimed = job.Claimed;
        var declared = job.Declared ?? throw new UnknownJobTypeException(catalogue.Unknown(claimed.Type, claimed.Method, claimed.ParameterTypes));
        var arguments = declared.Arguments.Read(claimed.Arguments, job);
        if (declared.Service is null)
            return await declared.Call(null, arguments);
        await using var scope = scopes.CreateAsyncScope();
        return await declared.Call(scope.ServiceProvider.GetRequiredService(declared.Service), arguments);
    }

    private JobOutcome OutcomeOf(RunningJob job, Exception exception) => job.Cause switch
    {
        StopCause.Operator => Cancelled(job),
        StopCause.Shutdown when exception is OperationCanceledException => new JobOutcome.GivenBack($"Worker stopped during attempt {job.Attempt}."),
        StopCause.LeaseLost when exception is OperationCanceledException => new JobOutcome.GivenBack($"Worker could not renew its lease during attempt {job.Attempt}."),
        StopCause.HardLimit when exception is OperationCanceledException => Failed(LimitPassed(job, exception), "The hard limit was passed."),
        _ when exception is UnknownJobTypeException or ArgumentBindingException => Failed(exception, "The job cannot be run as it is stored; it is not retried."),
        _ => RetriedOrFailed(job, exception),
    };

    /// <summary>What a job comes to that did not end after its hard limit.</summary>
    public static JobOutcome Abandoned(RunningJob job, double graceSeconds) => job.Cause == StopCause.Operator ? CancelledBy(job) : new JobOutcome.Failed(
        "The hard limit was passed.",
        JobError.From(new TimeLimitException($"The job did not end within {graceSeconds:0.#} s of its hard limit of {job.Declared?.Type.HardLimitSeconds} s; its slot was freed. Its code may still run in the worker: let it observe its CancellationToken.")));

    private static TimeLimitException LimitPassed(RunningJob job, Exception inner) =>
        new($"The job was cancelled at its hard limit of {job.Declared?.Type.HardLimitSeconds} s.", inner);

    private JobOutcome.Deleted Cancelled(RunningJob job)
    {
        logger.JobCancelled(job.Cancelled.By, job.Cancelled.Reason);
        return CancelledBy(job);
    }

    private static JobOutcome.Deleted CancelledBy(RunningJob job) => new($"Cancelled by {job.Cancelled.By}: {job.Cancelled.Reason}", job.Cancelled.By);

    private JobOutcome.Failed Failed(Exception exception, string reason)
    {
        Say(() => logger.JobFailed(exception));
        return new JobOutcome.Failed(reason, JobError.From(exception));
    }

    private JobOutcome RetriedOrFailed(RunningJob job, Exception exception)
    {
        var retry = job.Claimed.Retries + 1;
        var policy = job.Declared!.Retry;
        if (policy.DelayBefore(retry, Random.Shared.NextDouble()) is not { } delay)
            return Failed(exception, policy.Times == 0 ? "An exception occurred during performance of the job." : $"All {policy.Times} retries were used.");
        Say(() => logger.JobRetries(exception, delay.TotalSeconds, retry, policy.Times));
        var error = JobError.From(exception);
        return new JobOutcome.Retry($"Retry attempt {retry} of {policy.Times}: {error.Message}", error, retry, delay);
    }

    // A log that cannot take an exception must not cost the job its outcome.
    private static void Say(Action log)
    {
        try
        {
            log();
        }
#pragma warning disable CA1031
        catch (Exception)
        {
        }
#pragma warning restore CA1031
    }

    // The work is done: a result that cannot be kept must not make it happen twice.
    private string ResultJson(object? result)
    {
        if (result is null)
            return "";
        try
        {
            var json = JsonSerializer.Serialize(result, result.GetType(), JobJson.Arguments);
            var bytes = Encoding.UTF8.GetByteCount(json);
            if (bytes <= storage.MaxArgumentBytes)
                return json;
            logger.ResultTooLarge(bytes, storage.MaxArgumentBytes);
        }
#pragma warning disable CA1031 // The result's getters are the job's own code.
        catch (Exception e)
        {
            Say(() => logger.ResultNotWritten(e));
        }
#pragma warning restore CA1031
        return "";
    }
}
