using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Operators;

/// <summary>Asks before an act, does it through <see cref="OperatorActions"/>, and says what came of it: the same on every page.</summary>
public sealed class OperatorDialogs(OperatorActions actions, Confirm confirm, Toasts toasts, AuthenticationStateProvider viewer, TimeProvider time)
{
    private const string Until = "until";
    private const string Queue = "queue";

    public async Task<bool> PauseQueueAsync(string queue, long waiting, bool hasHangfire)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Pause queue {SafeText.Inline(queue, 80)}?",
            Consequences =
            [
                $"{NumberText.Of(waiting, "waiting job stays", "waiting jobs stay")} where {(waiting == 1 ? "it is" : "they are")}; new ones queue up behind.",
                "Jobs that run already go on to their end.",
                .. hasHangfire ? (string[])["A Hangfire server serves this queue. It does not know pauses and goes on taking jobs from it."] : [],
            ],
            ActLabel = "Pause queue",
            DismissLabel = "Leave it running",
            ReasonRequired = true,
            Fields = [new ConfirmField(Until, "Resume") { Required = false, Choices = [("", "by hand"), ("15", "after 15 minutes"), ("60", "after 1 hour"), ("240", "after 4 hours"), ("1440", "after 1 day")] }],
        });
        if (answer is null)
            return false;
        DateTimeOffset? until = int.TryParse(answer.Values.GetValueOrDefault(Until), CultureInfo.InvariantCulture, out var minutes) ? time.GetUtcNow().AddMinutes(minutes) : null;
        return Tell(await actions.PauseQueueAsync(await UserAsync(), queue, answer.Reason, until));
    }

    public async Task<bool> ResumeQueueAsync(string queue)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Resume queue {SafeText.Inline(queue, 80)}?",
            Consequences = ["Its workers take jobs from it again at once."],
            ActLabel = "Resume queue",
            DismissLabel = "Leave it paused",
        });
        return answer is not null && Tell(await actions.ResumeQueueAsync(await UserAsync(), queue, answer.Reason));
    }

    /// <param name="what">The job's name when there is one job.</param>
    public async Task<bool> CancelJobsAsync(IReadOnlyList<string> ids, string? what = null)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Cancel {Jobs(ids, what)}?",
            Consequences =
            [
                ids.Count == 1 ? "Its worker is asked to stop it; a job that honours the request ends as deleted." : "Their workers are asked to stop them; jobs that honour the request end as deleted.",
                "What was done so far is not undone.",
            ],
            ActLabel = Label("Cancel", ids),
            DismissLabel = ids.Count == 1 ? "Let it run" : "Let them run",
            IsDangerous = true,
            ReasonRequired = true,
        });
        return answer is not null && Tell(await actions.CancelJobsAsync(await UserAsync(), ids, answer.Reason), $"Asked {NumberText.Count(ids.Count)} jobs to stop.", isRequest: true);
    }

    public async Task<bool> RetryJobsAsync(IReadOnlyList<string> ids, string? what = null)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Retry {Jobs(ids, what)}?",
            Consequences = [ids.Count == 1 ? "It goes back to its own queue and is started as soon as a slot is free." : "They go back to their own queues and are started as slots become free."],
            ActLabel = Label("Retry", ids),
        });
        return answer is not null && Tell(await actions.RetryJobsAsync(await UserAsync(), ids, answer.Reason), $"{NumberText.Count(ids.Count)} jobs are back in their queues.");
    }

    /// <param name="queues">Offered while typing.</param>
    public async Task<bool> RetryElsewhereAsync(IReadOnlyList<string> ids, IReadOnlyList<string> queues)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Retry {Jobs(ids, null)} in another queue?",
            Consequences = [$"{(ids.Count == 1 ? "It goes" : "They go")} to the queue that you name and {(ids.Count == 1 ? "stays" : "stay")} with it for further attempts."],
            ActLabel = Label("Retry", ids),
            Fields = [new ConfirmField(Queue, "Queue") { Suggestions = queues }],
        });
        return answer is not null && Tell(await actions.RetryJobsAsync(await UserAsync(), ids, answer.Reason, answer.Values[Queue]), $"{NumberText.Count(ids.Count)} jobs are in queue {SafeText.Inline(answer.Values[Queue], 80)} now.");
    }

    public async Task<bool> DeleteJobsAsync(IReadOnlyList<string> ids, string? what = null)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Delete {Jobs(ids, what)}?",
            Consequences = [$"{(ids.Count == 1 ? "It is" : "They are")} not started again, and Redis drops {(ids.Count == 1 ? "it" : "them")} after a day.", "Until then a retry brings a deleted job back."],
            ActLabel = Label("Delete", ids),
            DismissLabel = ids.Count == 1 ? "Keep it" : "Keep them",
            IsDangerous = true,
            ReasonRequired = true,
        });
        return answer is not null && Tell(await actions.DeleteJobsAsync(await UserAsync(), ids, answer.Reason), $"{NumberText.Count(ids.Count)} jobs are deleted. They can be retried for a day.");
    }

    private async Task<ClaimsPrincipal> UserAsync() => (await viewer.GetAuthenticationStateAsync()).User;

    private static string Jobs(IReadOnlyList<string> ids, string? what) =>
        ids.Count != 1 ? NumberText.Of(ids.Count, "job", "jobs") : what is null ? "1 job" : SafeText.Inline(what, 80);

    private static string Label(string act, IReadOnlyList<string> ids) => $"{act} {NumberText.Of(ids.Count, "job", "jobs")}";

    /// <param name="allDone">Said when several were asked for and all of them accepted; one target's own message is better than any of ours.</param>
    private bool Tell(OperationResult result, string? allDone = null, bool isRequest = false)
    {
        var kind = !result.Accepted ? ToastKind.Refused : isRequest ? ToastKind.Requested : ToastKind.Done;
        toasts.Show(kind, result is { Done: > 1, Refused: 0 } && allDone is not null ? allDone : result.Message);
        return result.Accepted;
    }
}
