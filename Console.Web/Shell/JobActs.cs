using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Shell;

/// <summary>Acts on jobs as every page offers them: asked for once with what will happen, done through <see cref="OperatorActions"/>, answered in a message.</summary>
public sealed class JobActs(OperatorActions actions, Confirm confirm, Toasts toasts, AuthenticationStateProvider authentication)
{
    /// <summary>Most jobs that one act takes.</summary>
    public const int Most = OperationLimits.Targets;

    public async Task<bool> RetryAsync(IReadOnlyList<JobRecord> jobs)
    {
        var word = jobs.Select(job => JobRules.RetryWord(job.State)).Distinct().ToList() is [var only] ? only : "Retry";
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"{word}: {Name(jobs)}?",
            Consequences = [.. Retried(jobs, "its own queue", "their own queues")],
            ActLabel = $"{word}, {Count(jobs)}",
        });
        return answer is not null && await RunAsync(async () => await actions.RetryJobsAsync(await UserAsync(), Ids(jobs), answer.Reason), "Put back into their queues");
    }

    public async Task<bool> RetryIntoAsync(IReadOnlyList<JobRecord> jobs, IReadOnlyList<string> queues)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Retry {Name(jobs)} into another queue?",
            Consequences = [.. Retried(jobs, "that queue", "that queue")],
            Fields = [new ConfirmField("queue", "Queue") { Suggestions = queues, Note = "A queue that no worker serves keeps its jobs waiting.", Check = FaultInQueue }],
            ActLabel = $"Retry {Count(jobs)}",
        });
        return answer is not null && await RunAsync(async () => await actions.RetryJobsAsync(await UserAsync(), Ids(jobs), answer.Reason, answer.Values["queue"]), $"Put into queue {answer.Values["queue"]}");
    }

    public async Task<bool> CancelAsync(IReadOnlyList<JobRecord> jobs)
    {
        var one = jobs.Count == 1;
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Cancel {Name(jobs)}?",
            Consequences = [one ? "Its worker tells the job to stop." : "Their workers tell the jobs to stop.", "A cancelled job is not retried by itself; it can be run again by hand."],
            ActLabel = $"Cancel {Count(jobs)}",
            DismissLabel = one ? "Let it run" : "Let them run",
            IsDangerous = true,
            ReasonRequired = true,
        });
        return answer is not null && await RunAsync(async () => await actions.CancelJobsAsync(await UserAsync(), Ids(jobs), answer.Reason), "Cancellation requested", ToastKind.Requested);
    }

    public async Task<bool> DeleteAsync(IReadOnlyList<JobRecord> jobs)
    {
        var one = jobs.Count == 1;
        var running = jobs.Count(job => job.State == JobState.Processing);
        var waiting = jobs.Count(job => job.State is JobState.Enqueued or JobState.Scheduled or JobState.Retrying or JobState.Awaiting);
        var consequences = new List<string>();
        if (running > 0) consequences.Add(one ? "It runs now and is stopped." : $"{Number(running)} of them {(running == 1 ? "runs" : "run")} now and will be stopped.");
        if (waiting > 0) consequences.Add(one ? "It waits, and will not run." : $"{Number(waiting)} of them {(waiting == 1 ? "waits" : "wait")}, and will not run.");
        consequences.Add("Jobs that wait for success of " + (one ? "it" : "them") + " are deleted too.");
        consequences.Add("A deleted job is kept for a day and can be run again until then.");
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Delete {Name(jobs)}?",
            Consequences = consequences,
            ActLabel = $"Delete {Count(jobs)}",
            DismissLabel = one ? "Keep it" : "Keep them",
            IsDangerous = true,
            ReasonRequired = true,
        });
        return answer is not null && await RunAsync(async () => await actions.DeleteJobsAsync(await UserAsync(), Ids(jobs), answer.Reason), "Deleted");
    }

    private async Task<bool> RunAsync(Func<Task<OperationResult>> act, string done, ToastKind accepted = ToastKind.Done)
    {
        try
        {
            var result = await act();
            var why = string.Join(" ", result.Refusals.Select(refusal => refusal.Message).Where(message => message != result.Message).Distinct().Take(3));
            if (result is { Accepted: true, Refused: 0 }) toasts.Show(accepted, result.Done > 1 ? $"{done}: {Number(result.Done)} jobs." : result.Message);
            else toasts.Show(ToastKind.Refused, why.Length == 0 ? result.Message : result.Message + " " + why);
            return result.Accepted;
        }
        catch (JobStorageException e)
        {
            toasts.Show(ToastKind.Failed, e.Message);
            return false;
        }
    }

    private async Task<ClaimsPrincipal> UserAsync() => (await authentication.GetAuthenticationStateAsync()).User;

    private static IEnumerable<string> Retried(IReadOnlyList<JobRecord> jobs, string one, string many)
    {
        yield return jobs.Count == 1 ? $"It goes to the end of {one} and runs with its stored arguments." : $"They go to the end of {many} and run with their stored arguments.";
        var ended = jobs.Count(job => job.State == JobState.Succeeded);
        if (ended > 0) yield return jobs.Count == 1 ? "It succeeded before: what it did will be done again." : $"{Number(ended)} of them succeeded before: what they did will be done again.";
        var awaiting = jobs.Count(job => job.State == JobState.Awaiting);
        if (awaiting > 0) yield return jobs.Count == 1 ? "It waits for another job, and will not wait any longer." : $"{Number(awaiting)} of them wait for other jobs, and will not wait any longer.";
    }

    private static string? FaultInQueue(string queue) =>
        queue.Length <= 64 && queue.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_') ? null : "A queue is named by small letters, digits, - and _, at most 64 of them.";

    private static string[] Ids(IReadOnlyList<JobRecord> jobs) => [.. jobs.Select(job => job.Id)];

    private static string Count(IReadOnlyList<JobRecord> jobs) => jobs.Count == 1 ? "1 job" : Number(jobs.Count) + " jobs";

    private static string Name(IReadOnlyList<JobRecord> jobs) => jobs.Count == 1 ? SafeText.Inline(jobs[0].Name, 80) : Count(jobs);

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
