using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>Carries a plan out: everything of it or nothing.</summary>
internal sealed class ScheduleImports(ScheduleStore store, CheckContexts contexts)
{
    public async Task<ScheduleAct> ImportAsync(ImportPlan plan, ImportChoices choices, ScheduleAuthor author, CancellationToken cancel)
    {
        if (Obstacle(plan, choices) is { } obstacle)
            return ScheduleAct.Refuse(obstacle, Math.Max(1, plan.Rows.Count));
        var rows = RowsOf(plan, choices);
        if (rows.Count == 0)
            return ScheduleAct.Accept("Nothing had to be written: every schedule is as the file has it.");
        // A calendar or a job type may have changed since the dry run.
        var contextOf = await contexts.ForManyAsync(cancel);
        var wrong = await Task.Run(() => rows.Select(row => (row, Error: ErrorIn(row.Definition, contextOf))).Where(found => found.Error is not null)
            .Select(found => new OperationRefusal(found.row.Definition.Name, found.Error!.ToString())).ToList(), cancel);
        if (wrong.Count > 0)
            return Refused(wrong, rows.Count);

        var result = await store.ImportAsync(
            [.. rows.Select(row => new ScheduleImport(row.Definition, row.ExistingId, row.ExistingVersion, choices.StartPaused && row.Kind == PlanKind.New))],
            choices.Source, author, cancel);
        return result.IsSaved
            ? Imported(plan, rows, choices)
            : Refused([.. result.Problems.Select(problem => new OperationRefusal(rows[problem.Row].Definition.Name, Words(problem.Outcome)))], rows.Count);
    }

    /// <summary>What the plan writes by these choices.</summary>
    public static IReadOnlyList<PlanRow> RowsOf(ImportPlan plan, ImportChoices choices) =>
    [
        .. plan.Rows.Where(row => row.Kind switch
        {
            PlanKind.Same => choices.Source is not null,
            PlanKind.Changed => row.Drift.Count == 0 || choices.Drift == DriftChoice.Overwrite,
            _ => true,
        }),
    ];

    /// <summary>Why the plan cannot be carried out as it is, or null.</summary>
    public static string? Obstacle(ImportPlan plan, ImportChoices choices)
    {
        if (plan.Fault is not null)
            return "The file cannot be read, so nothing was imported. Correct it and choose it again.";
        if (plan.Errors.Count > 0)
            return $"{Count(plan.Errors.Count, "schedule")} of the file {(plan.Errors.Count == 1 ? "is" : "are")} wrong, so nothing was imported. Correct the file and choose it again.";
        if (plan.Drifted.Count > 0 && choices.Drift == DriftChoice.Undecided)
            return $"Operators have changed {Count(plan.Drifted.Count, "schedule")} since this file was imported last. Choose whether to keep or to overwrite what they changed.";
        return choices.Source is { } source && (source.Trim().Length is 0 or > ScheduleLimits.Source || TextCheck.UnstorableAt(source) is not null)
            ? $"The name of a source has 1 to {ScheduleLimits.Source} characters."
            : null;
    }

    private static DefinitionProblem? ErrorIn(ScheduleDefinition definition, Func<ScheduleDefinition, CheckContext> contextOf) =>
        ScheduleCheck.Check(definition, contextOf(definition)).FirstOrDefault(problem => !problem.IsWarning);

    private static ScheduleAct Refused(List<OperationRefusal> refusals, int rows) => new(new ScheduleResult
    {
        Refused = rows,
        Refusals = [.. refusals.Take(OperationLimits.ListedRefusals)],
        Message = $"Nothing was imported, because {Count(refusals.Count, "schedule")} {(refusals.Count == 1 ? "has" : "have")} changed since the dry run: "
            + string.Join(" ", refusals.Take(3).Select(refusal => $"{refusal.Target}: {refusal.Message}")) + " Look at the new dry run.",
    });

    private static ScheduleAct Imported(ImportPlan plan, IReadOnlyList<PlanRow> rows, ImportChoices choices)
    {
        var (made, changed, same) = (rows.Count(row => row.Kind == PlanKind.New), rows.Count(row => row.Kind == PlanKind.Changed), rows.Count(row => row.Kind == PlanKind.Same));
        var kept = choices.Drift == DriftChoice.Keep ? plan.Drifted.Count : 0;
        var parts = new[] { Part(made, "new"), Part(changed, "changed"), Part(same, "as before") }.Where(part => part is not null);
        return new ScheduleAct(new ScheduleResult
        {
            Accepted = true,
            Done = rows.Count,
            Message = $"{Count(rows.Count, "schedule")} {(rows.Count == 1 ? "is" : "are")} imported: {string.Join(", ", parts)}."
                + (kept > 0 ? $" {Count(kept, "schedule")} stayed as operators had changed {(kept == 1 ? "it" : "them")}." : "")
                + (choices.StartPaused && made > 0 ? " The new ones are paused." : ""),
        })
        {
            Facts = new Dictionary<string, object?>
            {
                ["source"] = choices.Source,
                ["new"] = NamesOf(rows, PlanKind.New),
                ["changed"] = NamesOf(rows, PlanKind.Changed),
                ["changes"] = rows.Where(row => row.Kind == PlanKind.Changed).SelectMany(row => ScheduleEdits.Lines(row.Changes).Select(line => $"{row.Definition.Name}: {line}"))
                    .Take(OperationLimits.ListedRefusals).ToList(),
            }.Where(fact => fact.Value is not null).ToDictionary(),
        };
    }

    private static List<string> NamesOf(IReadOnlyList<PlanRow> rows, PlanKind kind) =>
        [.. rows.Where(row => row.Kind == kind).Take(OperationLimits.ListedRefusals).Select(row => row.Definition.Name)];

    private static string Words(ScheduleWriteOutcome outcome) => outcome switch
    {
        ScheduleWriteOutcome.Conflict => "somebody has saved another version.",
        ScheduleWriteOutcome.NotFound => "somebody has deleted it.",
        _ => "another schedule has this name by now.",
    };

    private static string? Part(int count, string what) => count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}");

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}{(count == 1 ? "" : "s")}");
}
