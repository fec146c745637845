using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules;

/// <summary>Says everything that is wrong with a definition, and what may be wrong. Only errors keep it from being saved.</summary>
public static class ScheduleCheck
{
    /// <summary>Most problems that are listed for one definition.</summary>
    public const int MostProblems = 100;

    public static IReadOnlyList<DefinitionProblem> Check(ScheduleDefinition definition, CheckContext context)
    {
        var problems = new List<DefinitionProblem>();
        CheckWords(definition, context, problems);
        JobCheck.Check(definition.Job, context, problems);
        TimingCheck.Check(definition.When, context, problems);
        PolicyCheck.Check(definition, problems);
        return problems.Count > MostProblems ? [.. problems.OrderBy(problem => problem.IsWarning).Take(MostProblems)] : problems;
    }

    private static void CheckWords(ScheduleDefinition definition, CheckContext context, List<DefinitionProblem> problems)
    {
        var name = definition.Name;
        if (name.Trim().Length == 0)
            problems.Add(new("name", "Give the schedule a name."));
        else if (name.Trim().Length != name.Length)
            problems.Add(new("name", "The name begins or ends with a space; take it out."));
        else if (context.IsNameTaken)
            problems.Add(new("name", "Another schedule has this name; names are unique, case ignored. Choose another one."));
        TextCheck.Line("name", name, ScheduleLimits.Name, problems);
        TextCheck.Lines("description", definition.Description, ScheduleLimits.Description, problems);
        TextCheck.Line("owner", definition.Owner, ScheduleLimits.Owner, problems);
        CheckTags(definition.Tags, problems);
    }

    private static void CheckTags(IReadOnlyList<string> tags, List<DefinitionProblem> problems)
    {
        TextCheck.Count("tags", tags.Count, ScheduleLimits.Tags, "tags", problems);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, tag) in tags.Take(ScheduleLimits.Tags).Index())
        {
            var path = $"tags[{index}]";
            if (tag.Trim().Length == 0)
                problems.Add(new(path, "This tag is empty; take it out."));
            else if (!seen.Add(tag))
                problems.Add(new(path, "This tag stands there twice; take one out."));
            TextCheck.Line(path, tag, ScheduleLimits.Tag, problems);
        }
    }
}
