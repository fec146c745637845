using System.Security.Claims;
using OpsConsole.Data;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Schedules.Files;

namespace OpsConsole.Web.Schedules;

/// <summary>The only door for what operators do with schedules and calendars. Refuses by permission, whatever the page showed, and records everything.</summary>
public sealed class ScheduleActions
{
    private readonly ScheduleStore _store;
    private readonly ScheduleEdits _edits;
    private readonly ScheduleRequests _requests;
    private readonly CalendarEdits _calendars;
    private readonly ScheduleImports _imports;
    private readonly ScheduleGate _gate;
    private readonly TimeProvider _time;

    internal ScheduleActions(ScheduleStore store, CalendarStore calendars, RunnerStore runner, CheckContexts contexts, OperatorGate gate, TimeProvider time)
    {
        (_store, _time) = (store, time);
        _edits = new ScheduleEdits(store, contexts);
        _requests = new ScheduleRequests(store, runner, contexts, time);
        _calendars = new CalendarEdits(calendars);
        _imports = new ScheduleImports(store, contexts);
        _gate = new ScheduleGate(gate);
    }

    /// <summary>Makes a schedule, or saves a new version of one.</summary>
    /// <param name="id">Null: a new one.</param>
    /// <param name="expectedVersion">The version that was edited.</param>
    public Task<ScheduleResult> SaveAsync(ClaimsPrincipal user, Guid? id, int? expectedVersion, ScheduleDefinition definition, string? why, CancellationToken cancel = default)
    {
        var author = AuthorOf(user, why);
        return id is { } known
            ? _gate.RunAsync(user, On(Permissions.EditSchedules, AuditKinds.EditSchedule, definition.Name, known) with { Reason = why },
                token => _edits.SaveAsync(known, expectedVersion ?? 0, definition, null, author, token), cancel)
            : _gate.RunAsync(user, new Operation(Permissions.EditSchedules, AuditKinds.CreateSchedule, "schedule", definition.Name) { Reason = why },
                token => _edits.CreateAsync(definition, author, token), cancel);
    }

    /// <summary>Makes the definition of an earlier version the newest one.</summary>
    /// <param name="expectedVersion">The version that whoever asks has seen as the newest one; with another one nothing is written. Null: any.</param>
    public async Task<ScheduleResult> RestoreAsync(ClaimsPrincipal user, Guid id, int version, string? why, int? expectedVersion = null, CancellationToken cancel = default)
    {
        var operation = await OnAsync(Permissions.EditSchedules, AuditKinds.RestoreSchedule, [id], cancel);
        return await _gate.RunAsync(user, operation with { Reason = why }, token => _edits.RestoreAsync(id, version, expectedVersion, AuthorOf(user, why), token), cancel);
    }

    /// <param name="note">Why; shown wherever the schedule is.</param>
    /// <param name="until">When they resume by themselves; null: when somebody resumes them.</param>
    public async Task<ScheduleResult> PauseAsync(ClaimsPrincipal user, IReadOnlyList<Guid> ids, string note, DateTimeOffset? until = null, CancellationToken cancel = default)
    {
        var operation = await OnAsync(Permissions.PauseSchedules, AuditKinds.PauseSchedules, ids, cancel);
        return await _gate.RunAsync(user, operation with { Reason = note, IsReasonRequired = true }, async token =>
        {
            if (until <= _time.GetUtcNow())
                return ScheduleAct.Refuse("The pause would end in the past. Choose a later moment, or none.", ids.Count);
            var act = await BulkAsync(ids, "paused", many => _store.PauseAsync(many, user.GetDisplayName(), note.Trim(), until, token), token);
            return until is null ? act : act with { Facts = new Dictionary<string, object?>(act.Facts) { ["until"] = until.Value.ToUniversalTime().ToString("O") } };
        }, cancel);
    }

    public async Task<ScheduleResult> ResumeAsync(ClaimsPrincipal user, IReadOnlyList<Guid> ids, string? why = null, CancellationToken cancel = default)
    {
        var operation = await OnAsync(Permissions.PauseSchedules, AuditKinds.ResumeSchedules, ids, cancel);
        return await _gate.RunAsync(user, operation with { Reason = why }, token => BulkAsync(ids, "resumed", many => _store.ResumeAsync(many, token), token), cancel);
    }

    /// <summary>Deletes schedules; their ledgers and versions stay.</summary>
    public async Task<ScheduleResult> DeleteAsync(ClaimsPrincipal user, IReadOnlyList<Guid> ids, string why, CancellationToken cancel = default)
    {
        var operation = await OnAsync(Permissions.EditSchedules, AuditKinds.DeleteSchedules, ids, cancel);
        return await _gate.RunAsync(user, operation with { Reason = why, IsReasonRequired = true },
            token => BulkAsync(ids, "deleted", many => _store.DeleteAsync(many, token), token), cancel);
    }

    /// <summary>Asks for one run of each now, beside what is planned.</summary>
    /// <param name="argumentsJson">Other arguments than the schedule's, for one schedule; null: its own.</param>
    public async Task<ScheduleResult> TriggerAsync(ClaimsPrincipal user, IReadOnlyList<Guid> ids, string? argumentsJson = null, string? why = null, CancellationToken cancel = default)
    {
        var operation = await OnAsync(Permissions.TriggerJobs, AuditKinds.TriggerSchedules, ids, cancel);
        return await _gate.RunAsync(user, operation with { Reason = why },
            async token => TooMany(ids) ?? await _requests.TriggerAsync([.. ids.Distinct()], argumentsJson, user.GetDisplayName(), why, token), cancel);
    }

    /// <summary>Asks for the runs of a past range, both ends included.</summary>
    /// <param name="overlap">How its own runs follow each other.</param>
    public async Task<ScheduleResult> BackfillAsync(ClaimsPrincipal user, Guid id, DateTimeOffset from, DateTimeOffset to, OverlapPolicy overlap, string? why, CancellationToken cancel = default)
    {
        var operation = await OnAsync(Permissions.TriggerJobs, AuditKinds.BackfillSchedule, [id], cancel);
        return await _gate.RunAsync(user, operation with { Reason = why }, token => _requests.BackfillAsync(id, from, to, overlap, user.GetDisplayName(), why, token), cancel);
    }

    /// <summary>What that backfill would run. Changes nothing.</summary>
    public Task<BackfillPreview> PreviewBackfillAsync(Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default) =>
        _requests.PreviewAsync(id, from, to, cancel);

    /// <summary>Says that what was missed up to a moment has been seen.</summary>
    public async Task<ScheduleResult> AcknowledgeMissedAsync(ClaimsPrincipal user, IReadOnlyList<Guid> ids, DateTimeOffset through, string? why = null, CancellationToken cancel = default)
    {
        var operation = await OnAsync(Permissions.EditSchedules, AuditKinds.AcknowledgeMissed, ids, cancel);
        return await _gate.RunAsync(user, operation with { Reason = why },
            token => BulkAsync(ids, "acknowledged", many => _store.AcknowledgeMissedAsync(many, through, token), token), cancel);
    }

    /// <summary>Carries out a dry run: all of it, or nothing when anything has changed since.</summary>
    public Task<ScheduleResult> ImportAsync(ClaimsPrincipal user, ImportPlan plan, ImportChoices choices, string? why, CancellationToken cancel = default)
    {
        var operation = new Operation(Permissions.EditSchedules, AuditKinds.ImportSchedules, "file", plan.File)
        {
            Reason = why,
            Targets = [.. plan.Rows.Select(row => row.ExistingId).OfType<Guid>().Take(OperationLimits.Targets).Select(id => id.ToString("D"))],
        };
        return _gate.RunAsync(user, operation, token => _imports.ImportAsync(plan, choices, AuthorOf(user, why), token), cancel);
    }

    /// <param name="expectedVersion">The version that was edited; null: a new one.</param>
    public Task<ScheduleResult> SaveCalendarAsync(ClaimsPrincipal user, ScheduleCalendar calendar, int? expectedVersion, string? why, CancellationToken cancel = default) =>
        _gate.RunAsync(user, new Operation(Permissions.EditSchedules, AuditKinds.SaveCalendar, "calendar", calendar.Name) { Reason = why },
            token => _calendars.SaveAsync(calendar, expectedVersion, user.GetDisplayName(), token), cancel);

    public Task<ScheduleResult> DeleteCalendarAsync(ClaimsPrincipal user, string name, string? why, CancellationToken cancel = default) =>
        _gate.RunAsync(user, new Operation(Permissions.EditSchedules, AuditKinds.DeleteCalendar, "calendar", name) { Reason = why },
            token => _calendars.DeleteAsync(name, token), cancel);

    private async Task<ScheduleAct> BulkAsync(IReadOnlyList<Guid> ids, string done, Func<IReadOnlyList<Guid>, Task<IReadOnlyList<Guid>>> act, CancellationToken cancel)
    {
        if (TooMany(ids) is { } refusal)
            return refusal;
        var changed = await act(ids);
        return await BulkAnswer.OfAsync(_store, [.. ids.Distinct()], changed, done, cancel);
    }

    private static ScheduleAct? TooMany(IReadOnlyList<Guid> ids) => ids.Count is 0 or > OperationLimits.Targets
        ? ScheduleAct.Refuse($"One act takes 1 to {OperationLimits.Targets:N0} schedules; these are {ids.Count:N0}. Select fewer.", ids.Count)
        : null;

    private static Operation On(string permission, string kind, string name, Guid id) => new(permission, kind, "schedule", name) { Targets = [id.ToString("D")] };

    /// <summary>Names its targets by the names that they have now; where the database does not give them, the gate will not let anything pass either.</summary>
    private async Task<Operation> OnAsync(string permission, string kind, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var few = ids.Distinct().Take(OperationLimits.Targets).ToList();
        string name;
        try
        {
            var names = few.Count == 0 ? [] : (await _store.GetManyAsync([few[0]], cancel)).Select(schedule => schedule.Name).ToList();
            name = BulkRun.Name([.. names.DefaultIfEmpty(few.Count == 0 ? "" : few[0].ToString("D")), .. few.Skip(1).Select(id => id.ToString("D"))]);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            name = few.Count == 0 ? "" : few[0].ToString("D");
        }
        return new Operation(permission, kind, "schedule", name) { Targets = [.. few.Select(id => id.ToString("D"))] };
    }

    private static ScheduleAuthor AuthorOf(ClaimsPrincipal user, string? why) => new(user.GetDisplayName(), string.IsNullOrWhiteSpace(why) ? null : why.Trim());
}
