using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Schedules.Recurrence;
using OpsConsole.Web.Schedules.Runner;

namespace OpsConsole.Web.Schedules;

/// <summary>Runs that operators ask for: they go into the ledger, and whoever runs the schedules makes their jobs.</summary>
internal sealed class ScheduleRequests(ScheduleStore store, RunnerStore runner, CheckContexts contexts, TimeProvider time)
{
    /// <param name="argumentsJson">Other arguments than the schedule's; only for one schedule.</param>
    public async Task<ScheduleAct> TriggerAsync(IReadOnlyList<Guid> ids, string? argumentsJson, string by, string? why, CancellationToken cancel)
    {
        if (argumentsJson is not null && ids.Count != 1)
            return ScheduleAct.Refuse("Other arguments can be given to one schedule at a time. Trigger the schedules one by one, or with their own arguments.", ids.Count);
        var schedules = (await store.GetManyAsync(ids, cancel)).Where(schedule => schedule.DeletedAt is null).ToList();
        if (argumentsJson is not null && schedules is [var only] && await ProblemsAsync(only, argumentsJson, cancel) is { Count: > 0 } problems)
            return new(new ScheduleResult { Refused = 1, Message = $"{only.Name} was not triggered. {string.Join(" ", problems.Take(3))}", Problems = problems });

        // The identity of an occurrence has milliseconds.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var runs = schedules.Select(schedule => Request(schedule, now, by, why, argumentsJson)).ToList();
        if (runs.Count > 0)
            await runner.RequestAsync(runs, null, cancel);
        var asked = schedules.Count == 1 ? $"1 run of {schedules[0].Name} is asked for." : $"{Number(runs.Count)} runs are asked for, one of each schedule.";
        var gone = ids.Except(schedules.Select(schedule => schedule.Id)).ToList();
        return new ScheduleAct(new ScheduleResult
        {
            Accepted = runs.Count > 0,
            Done = runs.Count,
            Refused = gone.Count,
            Refusals = [.. gone.Select(id => new OperationRefusal(id.ToString("D"), "There is no such schedule any more."))],
            Message = runs.Count == 0 ? "There is no such schedule any more; nothing was asked for." : asked + await NoticeAsync(cancel),
            Occurrences = [.. runs.Select(run => new OccurrenceId(run.ScheduleId, run.NominalAt, run.Origin))],
        })
        {
            Facts = argumentsJson is null ? new Dictionary<string, object?>() : new() { ["arguments"] = argumentsJson },
        };
    }

    public async Task<BackfillPreview> PreviewAsync(Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var schedule = await store.GetAsync(id, cancel);
        var (moments, problem) = await MomentsAsync(schedule, from, to, cancel);
        return new BackfillPreview(moments.Count, moments.Count > 0 ? moments[0].NominalAt : null, moments.Count > 0 ? moments[^1].NominalAt : null, problem);
    }

    public async Task<ScheduleAct> BackfillAsync(Guid id, DateTimeOffset from, DateTimeOffset to, OverlapPolicy overlap, string by, string? why, CancellationToken cancel)
    {
        var schedule = await store.GetAsync(id, cancel);
        var (moments, problem) = await MomentsAsync(schedule, from, to, cancel);
        if (schedule is null || problem is not null)
            return ScheduleAct.Refuse(problem ?? "There is no such schedule any more.");
        var now = time.GetUtcNow();
        var backfill = new ScheduleBackfill
        {
            Id = Guid.NewGuid(),
            ScheduleId = id,
            From = from.ToUniversalTime(),
            To = to.ToUniversalTime(),
            Overlap = overlap,
            Occurrences = moments.Count,
            RequestedAt = now,
            RequestedBy = by,
            Why = why,
        };
        var rows = BackfillPlan.Rows(schedule.Version, backfill, [.. moments.Select(moment => moment.NominalAt)]);
        await runner.RequestAsync(rows, backfill, cancel);
        var runs = rows.Where(row => row.State != OccurrenceState.Skipped).ToList();
        return new ScheduleAct(new ScheduleResult
        {
            Accepted = true,
            Done = 1,
            Message = Asked(runs.Count, rows.Count) + await NoticeAsync(cancel),
            Schedule = schedule,
            Occurrences = [.. runs.Select(run => new OccurrenceId(run.ScheduleId, run.NominalAt, run.Origin))],
        })
        {
            Facts = new Dictionary<string, object?> { ["backfill"] = backfill.Id.ToString("D"), ["from"] = Text(from), ["to"] = Text(to), ["overlap"] = overlap.ToString(), ["moments"] = rows.Count, ["runs"] = runs.Count },
        };
    }

    /// <summary>At most one moment more than a request may have.</summary>
    private async Task<(IReadOnlyList<PlannedMoment> Moments, string? Problem)> MomentsAsync(Schedule? schedule, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        if (schedule is null or { DeletedAt: not null })
            return ([], "There is no such schedule any more.");
        if (to < from)
            return ([], "The range ends before it begins. Exchange its ends.");
        if (to > time.GetUtcNow())
            return ([], "The range ends in the future. What is to come runs by itself; end the range now or before.");
        if (Timetable.Compile(schedule.Definition.When, await contexts.DaysAsync(cancel)).Timetable is not { } timetable)
            return ([], "The schedule's timing is not valid any more, perhaps for want of a calendar. Edit the schedule first.");
        var moments = timetable.Between(from, to.AddTicks(1), ScheduleLimits.Requests + 1);
        return (moments, moments.Count switch
        {
            0 => "The schedule has no moment in this range. Choose a longer one.",
            > ScheduleLimits.Requests => $"There are more than {Number(ScheduleLimits.Requests)} moments in this range, which is the most for one backfill. Choose a shorter one.",
            _ => null,
        });
    }

    private async Task<List<DefinitionProblem>> ProblemsAsync(Schedule schedule, string argumentsJson, CancellationToken cancel)
    {
        var definition = schedule.Definition with { Job = schedule.Definition.Job with { Arguments = argumentsJson } };
        var problems = new List<DefinitionProblem>();
        JobCheck.Check(definition.Job, await contexts.ForAsync(definition, schedule.Id, cancel), problems);
        problems.RemoveAll(problem => problem.IsWarning);
        return problems;
    }

    private async Task<string> NoticeAsync(CancellationToken cancel) =>
        (await runner.GetLeaseAsync(cancel)).ExpiresAt > time.GetUtcNow() ? "" : " No console runs the schedules at the moment, so this waits until one does.";

    private static Occurrence Request(Schedule schedule, DateTimeOffset now, string by, string? why, string? arguments) => new()
    {
        ScheduleId = schedule.Id,
        NominalAt = now,
        Origin = Guid.NewGuid(),
        Kind = OccurrenceKind.Manual,
        State = OccurrenceState.Pending,
        DueAt = now,
        Version = schedule.Version,
        RecordedAt = now,
        IsOpen = true,
        Cause = Cause(why),
        Arguments = arguments,
        RequestedBy = by,
    };

    private static string Asked(int runs, int moments)
    {
        var asked = runs == 1 ? "1 past run is asked for." : $"{Number(runs)} past runs are asked for, oldest first.";
        return runs == moments ? asked : $"{asked} {Number(moments - runs)} of the {Number(moments)} moments are skipped, as its overlap policy says.";
    }

    private static string? Cause(string? why) => string.IsNullOrWhiteSpace(why) ? null : why.Trim();

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
