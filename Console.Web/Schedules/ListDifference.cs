using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules;

/// <summary>Compares lists by their entries, so that one that was put in does not make all behind it look changed.</summary>
internal static class ListDifference
{
    public static IEnumerable<ChangedMember> Between(string path, IEnumerable<string> before, IEnumerable<string> after)
    {
        List<string> old = [.. before], now = [.. after];
        if (old.SequenceEqual(now))
            return [];
        var gone = Without(old, now);
        var added = Without(now, old);
        if (gone.Count + added.Count == 0)
            return [new ChangedMember(path, string.Join(", ", old), string.Join(", ", now))];
        if (gone.Count == 1 && added.Count == 1)
            return [new ChangedMember(path, gone[0], added[0])];
        return [.. gone.Select(entry => new ChangedMember(path, entry, null)), .. added.Select(entry => new ChangedMember(path, null, entry))];
    }

    private static List<string> Without(List<string> list, List<string> other)
    {
        var counts = other.CountBy(entry => entry).ToDictionary();
        return [.. list.Where(entry => !counts.TryGetValue(entry, out var left) || (counts[entry] = left - 1) < 0)];
    }
}
