using OpsConsole.Data.Failures;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Failures;

/// <summary>What the address of the page says.</summary>
public sealed record GroupAddress
{
    public GroupTab Tab { get; init; }
    public string? Text { get; init; }
    public string? JobType { get; init; }
    public string? Queue { get; init; }
    public string? Version { get; init; }
    public GroupSort Sort { get; init; }
    public string? After { get; init; }

    public bool IsNarrow => (Text ?? JobType ?? Queue ?? Version) is not null;

    public GroupAddress First => this with { After = null };

    public GroupAddress Wide => First with { Text = null, JobType = null, Queue = null, Version = null };

    public string Href => Links.FailureGroups(
        Tab == GroupTab.Active ? null : Tab.ToString().ToLowerInvariant(), Text, JobType, Queue, Version, Sort == GroupSort.Last ? null : Sort.ToString().ToLowerInvariant(), After);

    public GroupQuery ToQuery(Guid? viewer, int limit) =>
        new() { Tab = Tab, ViewerId = viewer, Text = Text, JobType = JobType, Queue = Queue, Version = Version, Sort = Sort, After = GroupKey.Parse(After), Limit = limit };

    public static T Parse<T>(string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsDigit(text[0]) ? value : default;
}
