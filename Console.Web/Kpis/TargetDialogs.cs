using System.Globalization;
using System.Security.Claims;
using OpsConsole.Data.Figures;
using OpsConsole.Data.Figures.Targets;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Kpis;

/// <summary>Asks for what a target needs, and sets it.</summary>
public sealed class TargetDialogs(Confirm confirm, Toasts toasts, KpiActions actions, FigureStore figures, ScheduleStore schedules, TimeProvider time)
{
    private const int Suggested = 200;

    private static readonly (string Value, string Text, TargetKind Kind, TargetMeasure Measure)[] s_promises =
    [
        ("jobs-done", "All jobs: done in the end", TargetKind.AllJobs, TargetMeasure.Succeeded),
        ("jobs-start", "All jobs: started within a time", TargetKind.AllJobs, TargetMeasure.StartedInTime),
        ("type-done", "One job type: done in the end", TargetKind.JobType, TargetMeasure.Succeeded),
        ("type-start", "One job type: started within a time", TargetKind.JobType, TargetMeasure.StartedInTime),
        ("schedules-time", "All schedules: on time", TargetKind.AllSchedules, TargetMeasure.OnTime),
        ("schedules-deadline", "All schedules: deadlines met", TargetKind.AllSchedules, TargetMeasure.DeadlineMet),
        ("schedule-time", "One schedule: on time", TargetKind.Schedule, TargetMeasure.OnTime),
        ("schedule-deadline", "One schedule: deadlines met", TargetKind.Schedule, TargetMeasure.DeadlineMet),
    ];

    /// <returns>True when one was set.</returns>
    public async Task<bool> AddAsync(ClaimsPrincipal user)
    {
        var chosen = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = "Set a target for what?",
            Text = "A target is a promise: so many of a hundred. The rest is the error budget.",
            Fields = [new ConfirmField("what", "Promise") { Value = s_promises[0].Value, Choices = [.. s_promises.Select(promise => (promise.Value, promise.Text))] }],
            ActLabel = "Go on",
            AsksReason = false,
        });
        if (chosen is null)
            return false;
        var what = s_promises.First(promise => promise.Value == chosen.Values["what"]);
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = what.Text,
            Fields = [.. await SubjectAsync(what.Kind), .. Values(new Target { Measure = what.Measure, Objective = 99.5m, LimitMs = 30_000 })],
            ActLabel = "Set 1 target",
        });
        if (answer is null)
            return false;
        var target = Read(answer, new Target { Id = Guid.CreateVersion7(), Kind = what.Kind, Measure = what.Measure, JobType = what.Kind == TargetKind.JobType ? answer.Values["subject"] : "" });
        if (what.Kind != TargetKind.Schedule)
            return Tell(await actions.SetAsync(user, target, null, answer.Reason));
        if (await schedules.FindByNameAsync(answer.Values["subject"]) is not { } schedule)
        {
            toasts.Show(ToastKind.Refused, $"Not set: there is no schedule {SafeText.Inline(answer.Values["subject"], 80)}. Choose one of those that are offered.");
            return false;
        }
        return Tell(await actions.SetAsync(user, target with { ScheduleId = schedule.Id, ScheduleName = schedule.Name }, null, answer.Reason));
    }

    public async Task<bool> ChangeAsync(ClaimsPrincipal user, Target target)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Change the target of {TargetWords.Subject(target)}?",
            Text = $"{char.ToUpperInvariant(TargetWords.Promise(target)[0])}{TargetWords.Promise(target)[1..]}; last set to {KpiText.Objective(target.Objective)} by {SafeText.Inline(target.UpdatedBy, 80)}. Past periods are measured by the new target too.",
            Fields = Values(target),
            ActLabel = "Change 1 target",
            DismissLabel = "Keep it",
        });
        return answer is not null && Tell(await actions.SetAsync(user, Read(answer, target), target, answer.Reason));
    }

    public async Task<bool> RemoveAsync(ClaimsPrincipal user, Target target)
    {
        var answer = await confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Remove the target of {TargetWords.Subject(target)}?",
            Consequences = [$"Nothing is promised any more about “{TargetWords.Promise(target)}”. The figures stay."],
            ActLabel = "Remove 1 target",
            DismissLabel = "Keep it",
            IsDangerous = true,
        });
        return answer is not null && Tell(await actions.RemoveAsync(user, target, answer.Reason));
    }

    private async Task<IReadOnlyList<ConfirmField>> SubjectAsync(TargetKind kind)
    {
        if (kind == TargetKind.JobType)
        {
            var now = time.GetUtcNow();
            var types = await figures.GetByAsync(FigureFacet.Type, FigureFilter.None, now.AddDays(-30), now, Suggested);
            return [new ConfirmField("subject", "Job type") { Suggestions = [.. types.Select(type => type.Name)], Note = "Those of the last 30 days are offered.", Check = text => text.Length > TargetLimits.JobType ? "This name is too long." : null }];
        }
        if (kind != TargetKind.Schedule)
            return [];
        var page = await schedules.ListAsync(new ScheduleQuery { Limit = Suggested });
        return [new ConfirmField("subject", "Schedule") { Suggestions = [.. page.Items.Select(schedule => schedule.Name)], Note = "By its name." }];
    }

    private static IReadOnlyList<ConfirmField> Values(Target target)
    {
        var objective = new ConfirmField("objective", "Target, percent")
        {
            Value = target.Objective.ToString("0.###", CultureInfo.InvariantCulture),
            Note = "99.5 allows 5 of 1,000 to go wrong.",
            Check = text => ReadObjective(text) is null ? "Write a percentage of more than 0 and at most 100, such as 99.5." : null,
        };
        return target.Measure != TargetMeasure.StartedInTime ? [objective] :
        [
            objective,
            new ConfirmField("limit", "Started within")
            {
                Value = SpanText.Write((target.LimitMs ?? 30_000) / 1_000),
                Note = "Such as 30 s or 5 min, at most 1 d.",
                Check = text => SpanText.Read(text) is { Seconds: > 0 and <= (int)(TargetLimits.LimitMs / 1_000) } ? null : SpanText.Read(text).Problem ?? "From 1 s to 1 d.",
            },
        ];
    }

    private static Target Read(ConfirmAnswer answer, Target target) => target with
    {
        Objective = ReadObjective(answer.Values["objective"]) ?? 0,
        LimitMs = answer.Values.TryGetValue("limit", out var limit) ? SpanText.Read(limit).Seconds * 1_000L : null,
    };

    private static decimal? ReadObjective(string text) =>
        decimal.TryParse(text.Trim().TrimEnd('%').Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is > 0 and <= 100 && decimal.Round(percent, 3) == percent ? percent : null;

    private bool Tell(OperationResult result)
    {
        toasts.Show(result.Accepted ? ToastKind.Done : ToastKind.Refused, result.Message);
        return result.Accepted;
    }
}
