using OpsConsole.Data.Audit;

namespace OpsConsole.Web.Operators;

/// <summary>How the audit's kinds and results are written for people.</summary>
internal static class AuditWords
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        [AuditKinds.RetryJobs] = "Retry jobs",
        [AuditKinds.DeleteJobs] = "Delete jobs",
        [AuditKinds.CancelJobs] = "Cancel jobs",
        [AuditKinds.Trigger] = "Trigger a job",
        [AuditKinds.StartOperation] = "Start a mass operation",
        [AuditKinds.ContinueOperation] = "Continue a mass operation",
        [AuditKinds.PauseOperation] = "Pause a mass operation",
        [AuditKinds.ResumeOperation] = "Resume a mass operation",
        [AuditKinds.StopOperation] = "Stop a mass operation",
        [AuditKinds.PaceOperation] = "Change the cap of a mass operation",
        [AuditKinds.PauseQueue] = "Pause a queue",
        [AuditKinds.ResumeQueue] = "Resume a queue",
        [AuditKinds.CreateSchedule] = "Create a schedule",
        [AuditKinds.EditSchedule] = "Edit a schedule",
        [AuditKinds.RestoreSchedule] = "Restore a version of a schedule",
        [AuditKinds.PauseSchedules] = "Pause schedules",
        [AuditKinds.ResumeSchedules] = "Resume schedules",
        [AuditKinds.DeleteSchedules] = "Delete schedules",
        [AuditKinds.TriggerSchedules] = "Trigger schedules",
        [AuditKinds.BackfillSchedule] = "Backfill a schedule",
        [AuditKinds.AcknowledgeMissed] = "Acknowledge missed runs",
        [AuditKinds.ImportSchedules] = "Import schedules",
        [AuditKinds.SaveCalendar] = "Save a calendar",
        [AuditKinds.DeleteCalendar] = "Delete a calendar",
        [AuditKinds.SetTarget] = "Set a target",
        [AuditKinds.RemoveTarget] = "Remove a target",
        [AuditKinds.ShareView] = "Share a view",
        [AuditKinds.DeleteView] = "Delete a shared view",
        [AuditKinds.AcknowledgeFailures] = "Acknowledge failures",
        [AuditKinds.AssignFailures] = "Assign failures",
        [AuditKinds.SnoozeFailures] = "Snooze failures",
        [AuditKinds.ResolveFailures] = "Resolve failures",
        [AuditKinds.ReopenFailures] = "Reopen failures",
        [AuditKinds.NoteFailure] = "Note on failures",
        [AuditKinds.SetUp] = "Set up the console",
        [AuditKinds.SignIn] = "Sign in",
        [AuditKinds.SignOut] = "Sign out",
        [AuditKinds.CreateOperator] = "Invite a user",
        [AuditKinds.InviteOperator] = "Renew a password link",
        [AuditKinds.ChangeRole] = "Change a role",
        [AuditKinds.DisableOperator] = "Disable a user",
        [AuditKinds.EnableOperator] = "Enable a user",
        [AuditKinds.ChangeName] = "Change own name",
        [AuditKinds.ChangePassword] = "Change own password",
    };

    // An act is over within seconds; a row that stays open longer was left behind.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static string Kind(string kind) => Kinds.GetValueOrDefault(kind, kind);

    /// <summary>Word, colour class and glyph of a result.</summary>
    public static (string Word, string Class, string Glyph) Result(AuditEntry entry, DateTimeOffset now) => entry.Result switch
    {
        AuditResult.Done => ("Done", "state-succeeded", "succeeded"),
        AuditResult.Partial => ("Partly", "state-retrying", "risk"),
        AuditResult.Refused => ("Refused", "state-deleted", "deleted"),
        AuditResult.Failed => ("Failed", "state-failed", "failed"),
        _ when now - entry.At < Longest => ("Under way", "state-processing", "processing"),
        _ => ("Unfinished", "state-retrying", "risk"),
    };
}
