namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>The problems that are found while a timing is compiled, in the order of the definition.</summary>
internal sealed class TimingProblems
{
    private readonly List<TimingProblem> all = [];

    public bool Any => all.Count > 0;

    public IReadOnlyList<TimingProblem> All => all;

    public void Add(string path, string message, int? position = null, int? length = null) =>
        all.Add(new TimingProblem(path, message, position, length));
}
