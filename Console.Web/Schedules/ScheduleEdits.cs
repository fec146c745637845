using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Schedules;

/// <summary>Makes, changes and restores one schedule, and says what came of it.</summary>
internal sealed class ScheduleEdits(ScheduleStore store, CheckContexts contexts)
{
    public async Task<ScheduleAct> CreateAsync(ScheduleDefinition definition, ScheduleAuthor author, CancellationToken cancel)
    {
        var problems = ScheduleCheck.Check(definition, await contexts.ForAsync(definition, null, cancel));
        if (Refusal(problems) is { } refusal)
            return refusal;
        var write = await store.CreateAsync(definition, author, cancel);
        if (write is not { Outcome: ScheduleWriteOutcome.Saved, Schedule: { } made })
            return NameTaken(definition, problems);
        return new ScheduleAct(new ScheduleResult { Accepted = true, Done = 1, Message = $"{made.Name} is made.", Schedule = made, Problems = problems })
        {
            Facts = new Dictionary<string, object?> { ["id"] = made.Id.ToString("D"), ["definition"] = ScheduleJson.Write(definition) },
        };
    }

    /// <param name="restoredFrom">The version that the definition is of, when one is restored.</param>
    public async Task<ScheduleAct> SaveAsync(Guid id, int expectedVersion, ScheduleDefinition definition, int? restoredFrom, ScheduleAuthor author, CancellationToken cancel)
    {
        if (await store.GetAsync(id, cancel) is not { DeletedAt: null } before)
            return Gone();
        var problems = ScheduleCheck.Check(definition, await contexts.ForAsync(definition, id, cancel));
        if (Refusal(problems) is { } refusal)
            return refusal;
        var write = await store.SaveAsync(id, expectedVersion, definition, author, restoredFrom, cancel);
        return write.Outcome switch
        {
            ScheduleWriteOutcome.Saved => Saved(before, write.Schedule!, restoredFrom, problems),
            ScheduleWriteOutcome.Unchanged => new(new ScheduleResult { Accepted = true, Done = 1, Message = "Nothing has changed, so there is no new version.", Schedule = write.Schedule, Problems = problems }),
            ScheduleWriteOutcome.Conflict => await ConflictAsync(write.Schedule!, expectedVersion, cancel),
            ScheduleWriteOutcome.NameTaken => NameTaken(definition, problems),
            _ => Gone(),
        };
    }

    public async Task<ScheduleAct> RestoreAsync(Guid id, int version, int? expectedVersion, ScheduleAuthor author, CancellationToken cancel)
    {
        if (await store.GetAsync(id, cancel) is not { DeletedAt: null } current)
            return Gone();
        return await store.GetVersionAsync(id, version, cancel) is { } old
            ? await SaveAsync(id, expectedVersion ?? current.Version, old.Definition, version, author, cancel)
            : ScheduleAct.Refuse($"There is no version {version} of {current.Name}. Look at its versions again.");
    }

    private async Task<ScheduleAct> ConflictAsync(Schedule current, int expectedVersion, CancellationToken cancel)
    {
        var by = (await store.GetVersionAsync(current.Id, current.Version, cancel))?.By ?? "somebody else";
        return new(new ScheduleResult
        {
            Refused = 1,
            Message = $"{by} has saved version {current.Version} meanwhile, and you began with version {expectedVersion}. Nothing was written; look at both and save again.",
            Conflict = current,
        });
    }

    private static ScheduleAct Saved(Schedule before, Schedule after, int? restoredFrom, IReadOnlyList<DefinitionProblem> problems) => new(new ScheduleResult
    {
        Accepted = true,
        Done = 1,
        Message = restoredFrom is { } from ? $"Version {from} is restored as version {after.Version}." : $"Saved as version {after.Version}.",
        Schedule = after,
        Problems = problems,
    })
    {
        Facts = new Dictionary<string, object?>
        {
            ["id"] = after.Id.ToString("D"),
            ["version"] = after.Version,
            ["restored"] = restoredFrom,
            ["changes"] = Lines(ScheduleDifference.Between(before.Definition, after.Definition)),
        }.Where(fact => fact.Value is not null).ToDictionary(),
    };

    /// <summary>A difference as the audit writes it.</summary>
    public static List<string> Lines(IReadOnlyList<ChangedMember> changes) =>
        [.. changes.Take(OperationLimits.ListedRefusals).Select(change => $"{change.Path}: {change.Before ?? "(none)"} → {change.After ?? "(none)"}")];

    private static ScheduleAct? Refusal(IReadOnlyList<DefinitionProblem> problems)
    {
        var errors = problems.Where(problem => !problem.IsWarning).ToList();
        if (errors.Count == 0)
            return null;
        var more = errors.Count > 3 ? string.Create(CultureInfo.InvariantCulture, $" And {errors.Count - 3} more.") : "";
        return new ScheduleAct(new ScheduleResult { Refused = 1, Message = $"Not saved. {string.Join(" ", errors.Take(3))}{more}", Problems = problems })
        {
            Facts = new Dictionary<string, object?> { ["problems"] = errors.Take(OperationLimits.ListedRefusals).Select(problem => problem.ToString()).ToList() },
        };
    }

    // Somebody took the name between the check and the write.
    private static ScheduleAct NameTaken(ScheduleDefinition definition, IReadOnlyList<DefinitionProblem> problems) => new(new ScheduleResult
    {
        Refused = 1,
        Message = $"Not saved. Another schedule has the name {definition.Name}; choose another one.",
        Problems = [new DefinitionProblem("name", "Another schedule has this name; names are unique, case ignored. Choose another one."), .. problems],
    });

    private static ScheduleAct Gone() => ScheduleAct.Refuse("There is no such schedule any more; somebody has deleted it. Nothing was written.");
}
