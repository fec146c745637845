using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules;

/// <summary>Acts on schedules as the pages offer them: asked for once with what will happen, done through <see cref="ScheduleActions"/>, answered in a message.</summary>
public sealed class ScheduleActs(ScheduleActions actions, Confirm confirm, Toasts toasts, ViewerTime viewer, AuthenticationStateProvider authentication)
{
    private const string Until = "until";

    public async Task<bool> PauseAsync(IReadOnlyList<Schedule> schedules)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Pause {Name(schedules)}?",
            Consequences = ["Moments that pass meanwhile are recorded as paused and make no job.", "Jobs that are in the queue or run already go on to their end."],
            Fields = [new ConfirmField(Until, "Resume") { Required = false, Choices = Ends() }],
            ActLabel = $"Pause {Count(schedules)}",
            DismissLabel = schedules.Count == 1 ? "Leave it running" : "Leave them running",
            ReasonRequired = true,
        });
        if (answer is null) return false;
        DateTimeOffset? until = DateTimeOffset.TryParse(answer.Values.GetValueOrDefault(Until), CultureInfo.InvariantCulture, out var end) ? end : null;
        return Tell(await actions.PauseAsync(await UserAsync(), Ids(schedules), answer.Reason, until));
    }

    public async Task<bool> ResumeAsync(IReadOnlyList<Schedule> schedules)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Resume {Name(schedules)}?",
            Consequences = [schedules.Count == 1 ? "It runs again from its next moment on." : "They run again from their next moments on.", "What passed during the pause is not run."],
            ActLabel = $"Resume {Count(schedules)}",
            DismissLabel = schedules.Count == 1 ? "Leave it paused" : "Leave them paused",
        });
        return answer is not null && Tell(await actions.ResumeAsync(await UserAsync(), Ids(schedules), answer.Reason));
    }

    public async Task<bool> TriggerAsync(IReadOnlyList<Schedule> schedules)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Run {Name(schedules)} now?",
            Consequences =
            [
                schedules.Count == 1 ? "One job is made with the arguments of the schedule, beside its planned runs." : $"{NumberText.Count(schedules.Count)} jobs are made, one for each schedule with its own arguments, beside the planned runs.",
                .. schedules.Count > 1 ? (string[])[Names(schedules)] : [],
                .. schedules.Any(IsPaused) ? (string[])["A paused schedule runs too: a run by hand does not mind the pause."] : [],
            ],
            ActLabel = schedules.Count == 1 ? "Run 1 job now" : $"Run {NumberText.Count(schedules.Count)} jobs now",
        });
        return answer is not null && Tell(await actions.TriggerAsync(await UserAsync(), Ids(schedules), null, answer.Reason), isRequest: true);
    }

    public async Task<bool> DeleteAsync(IReadOnlyList<Schedule> schedules)
    {
        var one = schedules.Count == 1;
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Delete {Name(schedules)}?",
            Consequences =
            [
                one ? "It makes no further jobs, and its name is free again." : "They make no further jobs, and their names are free again.",
                "Jobs that are in the queue or run already go on to their end.",
                one ? "Its ledger and its versions are kept." : "Their ledgers and their versions are kept.",
                .. one ? (string[])[] : [Names(schedules)],
            ],
            ActLabel = $"Delete {Count(schedules)}",
            DismissLabel = one ? "Keep it" : "Keep them",
            IsDangerous = true,
            ReasonRequired = true,
        });
        return answer is not null && Tell(await actions.DeleteAsync(await UserAsync(), Ids(schedules), answer.Reason));
    }

    /// <summary>What was missed until now has been seen: no question, for nothing is lost by it.</summary>
    public async Task<bool> AcknowledgeAsync(IReadOnlyList<Guid> ids) => Tell(await actions.AcknowledgeMissedAsync(await UserAsync(), ids, viewer.Now));

    public async Task<bool> RestoreAsync(Schedule schedule, int version)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Bring back version {version} of {SafeText.Inline(schedule.Name, 80)}?",
            Consequences = [$"It becomes version {schedule.Version + 1} and is in force at once.", $"Version {schedule.Version} stays in the list and can be brought back too."],
            ActLabel = $"Bring back version {version}",
            ReasonRequired = true,
        });
        return answer is not null && Tell(await actions.RestoreAsync(await UserAsync(), schedule.Id, version, answer.Reason, schedule.Version));
    }

    /// <summary>Says what came of an act.</summary>
    public bool Tell(ScheduleResult result, bool isRequest = false)
    {
        var why = string.Join(" ", result.Refusals.Select(refusal => refusal.Message).Concat(result.Problems.Where(problem => !problem.IsWarning).Select(problem => problem.ToString()))
            .Where(message => message != result.Message).Distinct().Take(3));
        toasts.Show(!result.Accepted || result.Refused > 0 ? ToastKind.Refused : isRequest ? ToastKind.Requested : ToastKind.Done, why.Length == 0 ? result.Message : result.Message + " " + why);
        return result.Accepted;
    }

    private List<(string, string)> Ends()
    {
        var now = viewer.Now;
        var today = viewer.Local(now).Date;
        var monday = today.AddDays(((int)DayOfWeek.Monday - (int)today.DayOfWeek + 6) % 7 + 1);
        return
        [
            ("", "by hand"),
            (Write(now.AddMinutes(15)), "after 15 minutes"),
            (Write(now.AddHours(1)), "after 1 hour"),
            (Write(now.AddHours(4)), "after 4 hours"),
            .. Morning(today.AddDays(1), "tomorrow"),
            .. Morning(monday, "on Monday"),
        ];
    }

    private IEnumerable<(string, string)> Morning(DateTime day, string words) =>
        LocalTime.Parse(LocalTime.Write(day.AddHours(8)), viewer.Zone) is { } at ? [(Write(at), $"{words} at 08:00, {viewer.ShortName}")] : [];

    private static string Write(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private bool IsPaused(Schedule schedule) => ScheduleStandings.IsPaused(schedule, viewer.Now);

    private async Task<ClaimsPrincipal> UserAsync() => (await authentication.GetAuthenticationStateAsync()).User;

    private static Guid[] Ids(IReadOnlyList<Schedule> schedules) => [.. schedules.Select(schedule => schedule.Id)];

    private static string Count(IReadOnlyList<Schedule> schedules) => NumberText.Of(schedules.Count, "schedule", "schedules");

    private static string Name(IReadOnlyList<Schedule> schedules) => schedules.Count == 1 ? SafeText.Inline(schedules[0].Name, 80) : Count(schedules);

    private static string Names(IReadOnlyList<Schedule> schedules) =>
        string.Join(", ", schedules.Take(5).Select(schedule => SafeText.Inline(schedule.Name, 60))) + (schedules.Count > 5 ? $" and {NumberText.Count(schedules.Count - 5)} more." : ".");
}
