namespace OpsConsole.Web.Schedules;

/// <summary>Something about a definition that is wrong, or a warning.</summary>
/// <param name="Path">Member as the JSON of definitions names it, such as <c>when.cron[0]</c> or <c>job.arguments.month</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="IsWarning">True when it can be saved all the same.</param>
/// <param name="Position">Where in the member's text it begins, from 0; null for the whole member.</param>
/// <param name="Length">How long it is there.</param>
public sealed record DefinitionProblem(string Path, string Message, bool IsWarning = false, int? Position = null, int? Length = null)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
