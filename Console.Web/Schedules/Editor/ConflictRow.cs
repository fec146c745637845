using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>One member in a conflict: as it was, and what each of the two has made of it.</summary>
/// <param name="Common">As both began with it; empty for nothing.</param>
/// <param name="Theirs">Null when they left it.</param>
/// <param name="Mine">Null when I left it.</param>
/// <param name="IsBoth">Both have changed it, to different things.</param>
public sealed record ConflictRow(string Path, string Common, string? Theirs, string? Mine, bool IsBoth)
{
    public static IReadOnlyList<ConflictRow> Of(ScheduleDefinition common, ScheduleDefinition theirs, ScheduleDefinition mine)
    {
        var (their, my) = (ByPath(common, theirs), ByPath(common, mine));
        var both = DraftMerge.Both(common, theirs, mine);
        return [.. their.Keys.Concat(my.Keys).Distinct(StringComparer.Ordinal).Select(path =>
            new ConflictRow(path, Join((their.GetValueOrDefault(path) ?? my[path]).Select(change => change.Before)), After(their, path), After(my, path), both.Contains(path)))];
    }

    private static Dictionary<string, List<ChangedMember>> ByPath(ScheduleDefinition before, ScheduleDefinition after) =>
        ScheduleDifference.Between(before, after).GroupBy(change => change.Path, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

    private static string? After(Dictionary<string, List<ChangedMember>> changes, string path) => changes.TryGetValue(path, out var list) ? Join(list.Select(change => change.After)) : null;

    // Lists differ by entries: several lines of one path.
    private static string Join(IEnumerable<string?> values) => string.Join(", ", values.Where(value => value is not null));
}
