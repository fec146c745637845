namespace OpsConsole.Web.Schedules.Editor;

/// <summary>Everything that is said about a draft, found by the path of the field that it belongs to.</summary>
public sealed class DraftFindings(IReadOnlyList<DefinitionProblem> all)
{
    public static DraftFindings None { get; } = new([]);

    /// <summary>What cannot be read in the draft, and what is wrong with the rest. A field that cannot be read has a default in the definition, about which nothing is said.</summary>
    public static DraftFindings Of(ScheduleDraft draft, IReadOnlyList<DefinitionProblem> checks) => new(
    [
        .. draft.Unreadable.Select(text => new DefinitionProblem(text.Key, text.Value)),
        .. draft.UnreadableRows.Select(row => new DefinitionProblem("", row.Problem!)),
        .. checks.Where(problem => !draft.Unreadable.ContainsKey(problem.Path)),
    ]);

    public IReadOnlyList<DefinitionProblem> All { get; } = all;

    public IEnumerable<DefinitionProblem> Errors => All.Where(problem => !problem.IsWarning);

    /// <summary>The first error, or warning, of exactly this field.</summary>
    public string? Of(string path, bool isWarning = false) => All.FirstOrDefault(problem => problem.Path == path && problem.IsWarning == isWarning)?.Message;

    /// <summary>The first error of this field or of a part of it.</summary>
    public DefinitionProblem? Under(string path) =>
        All.FirstOrDefault(problem => !problem.IsWarning && (problem.Path == path || problem.Path.StartsWith(path + ".", StringComparison.Ordinal) || problem.Path.StartsWith(path + "[", StringComparison.Ordinal)));
}
