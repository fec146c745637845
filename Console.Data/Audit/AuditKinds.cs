namespace OpsConsole.Data.Audit;

/// <summary>Every kind of operation that is put on record.</summary>
public static class AuditKinds
{
    public const string RetryJobs = "job.retry";
    public const string DeleteJobs = "job.delete";
    public const string CancelJobs = "job.cancel";
    public const string Trigger = "job.trigger";
    public const string StartOperation = "operation.start";
    public const string ContinueOperation = "operation.continue";
    public const string PauseOperation = "operation.pause";
    public const string ResumeOperation = "operation.resume";
    public const string StopOperation = "operation.stop";
    public const string PaceOperation = "operation.pace";
    public const string PauseQueue = "queue.pause";
    public const string ResumeQueue = "queue.resume";
    public const string CreateSchedule = "schedule.create";
    public const string EditSchedule = "schedule.edit";
    public const string RestoreSchedule = "schedule.restore";
    public const string PauseSchedules = "schedule.pause";
    public const string ResumeSchedules = "schedule.resume";
    public const string DeleteSchedules = "schedule.delete";
    public const string TriggerSchedules = "schedule.trigger";
    public const string BackfillSchedule = "schedule.backfill";
    public const string AcknowledgeMissed = "schedule.acknowledge";
    public const string ImportSchedules = "schedule.import";
    public const string SaveCalendar = "calendar.save";
    public const string DeleteCalendar = "calendar.delete";
    public const string SetTarget = "target.set";
    public const string RemoveTarget = "target.remove";
    public const string ShareView = "view.share";
    public const string DeleteView = "view.delete";
    public const string AcknowledgeFailures = "failure.acknowledge";
    public const string AssignFailures = "failure.assign";
    public const string SnoozeFailures = "failure.snooze";
    public const string ResolveFailures = "failure.resolve";
    public const string ReopenFailures = "failure.reopen";
    public const string NoteFailure = "failure.note";
    public const string SetUp = "console.set-up";
    public const string SignIn = "session.sign-in";
    public const string SignOut = "session.sign-out";
    public const string CreateOperator = "operator.create";
    public const string InviteOperator = "operator.invite";
    public const string ChangeRole = "operator.role";
    public const string DisableOperator = "operator.disable";
    public const string EnableOperator = "operator.enable";
    public const string ChangeName = "operator.name";
    public const string ChangePassword = "operator.password";

    public static IReadOnlyList<string> All { get; } =
    [
        RetryJobs, DeleteJobs, CancelJobs, Trigger,
        StartOperation, ContinueOperation, PauseOperation, ResumeOperation, StopOperation, PaceOperation, PauseQueue, ResumeQueue,
        CreateSchedule, EditSchedule, RestoreSchedule, PauseSchedules, ResumeSchedules, DeleteSchedules, TriggerSchedules,
        BackfillSchedule, AcknowledgeMissed, ImportSchedules, SaveCalendar, DeleteCalendar, SetTarget, RemoveTarget, ShareView, DeleteView,
        AcknowledgeFailures, AssignFailures, SnoozeFailures, ResolveFailures, ReopenFailures, NoteFailure, SetUp, SignIn, SignOut,
        CreateOperator, InviteOperator, ChangeRole, DisableOperator, EnableOperator, ChangeName, ChangePassword,
    ];
}
