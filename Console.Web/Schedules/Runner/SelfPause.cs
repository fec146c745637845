using OpsConsole.Data.Audit;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Pauses schedules that fail again and again, and ends pauses whose time is over. Both are on record like what operators do.</summary>
public sealed class SelfPause(ScheduleStore schedules, AuditStore audit, ILogger<SelfPause> log)
{
    public async Task PauseAsync(FailedSchedule failed, CancellationToken cancel)
    {
        var note = failed.Failures == 1
            ? $"Its job failed. The job is {failed.LastJobId}."
            : $"Its jobs failed {failed.Failures} times in a row. The last one is {failed.LastJobId}.";
        var entry = await audit.BeginAsync(Draft(AuditKinds.PauseSchedules, failed.Name, [failed.Id]) with { Reason = note }, cancel);
        var paused = await schedules.PauseAsync([failed.Id], ScheduleActor.Name, note, null, cancel);
        var message = paused.Count > 0 ? $"Schedule {failed.Name} has paused itself. {note}" : $"Schedule {failed.Name} was deleted before it could pause itself.";
        log.LogWarning("{Message}", message);
        await audit.CompleteAsync(entry, paused.Count > 0 ? AuditResult.Done : AuditResult.Refused, message, cancel: cancel);
    }

    /// <summary>Resumes those of the named schedules whose pause has an end that has come.</summary>
    public async Task EndAsync(IReadOnlyList<(Guid Id, string Name)> ended, CancellationToken cancel)
    {
        if (ended.Count == 0)
            return;
        Guid[] ids = [.. ended.Select(one => one.Id)];
        var entry = await audit.BeginAsync(Draft(AuditKinds.ResumeSchedules, ended.Count == 1 ? ended[0].Name : $"{ended.Count} schedules", ids), cancel);
        var resumed = await schedules.EndPausesAsync(ids, cancel);
        await audit.CompleteAsync(entry, resumed.Count > 0 ? AuditResult.Done : AuditResult.Refused, resumed.Count switch
        {
            0 => "Somebody had resumed them, or had paused them for longer.",
            1 => "Resumed, because the time of its pause was over.",
            _ => $"{resumed.Count} schedules resumed, because the time of their pause was over.",
        }, cancel: cancel);
    }

    private static AuditDraft Draft(string kind, string target, IReadOnlyList<Guid> ids) =>
        new(kind, "schedule", target) { OperatorName = ScheduleActor.Name, Targets = [.. ids.Select(id => id.ToString("D"))] };
}
