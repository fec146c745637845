using System.Text.RegularExpressions;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>Time zones by their IANA names, from the time zone data of the machine.</summary>
public static partial class TimeZones
{
    private const int LongestName = 64;
    private const int Suggestions = 3;

    /// <summary>The names that are offered for choice, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(IsName).Append("UTC").Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The zone, or null with the reason.</summary>
    public static TimeZoneInfo? Find(string name, out string? problem)
    {
        problem = null;
        if (IsName(name) && !IsWindowsName(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        problem = Problem(name);
        return null;
    }

    private static string Problem(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return "The time zone is missing; use an IANA name such as Europe/Paris, or UTC.";
        if (Names.Count <= 1)
            return $"The time zone \"{Short(name)}\" is not known, because this machine has no time zone data but UTC; install its package tzdata.";
        var near = TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out var iana) ? [iana == "Etc/UTC" ? "UTC" : iana] : Near(name);
        return near.Count == 0
            ? $"There is no time zone \"{Short(name)}\"; use an IANA name such as Europe/Paris, or UTC."
            : $"There is no time zone \"{Short(name)}\"; did you mean {string.Join(" or ", near)}?";
    }

    private static IReadOnlyList<string> Near(string name)
    {
        var wanted = Simple(Short(name));
        var city = wanted[(wanted.LastIndexOf('/') + 1)..];
        var near = Names
            .Select(candidate => (Name: candidate, Distance: Distance(wanted, city, Simple(candidate))))
            .Where(candidate => candidate.Distance <= 1 + wanted.Length / 6)
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .ToList();
        return [.. near.Where(candidate => candidate.Distance <= near[0].Distance + 1).Take(Suggestions).Select(candidate => candidate.Name)];
    }

    /// <summary>A right city counts for more than a right continent.</summary>
    private static int Distance(string wanted, string city, string candidate)
    {
        var candidateCity = candidate[(candidate.LastIndexOf('/') + 1)..];
        return Math.Min(EditDistance.Between(wanted, candidate), EditDistance.Between(city, candidateCity) + (city == wanted ? 0 : 1));
    }

    private static string Simple(string name) => name.Trim().Replace(' ', '_').ToUpperInvariant();

    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    /// <summary>Names that are paths to other places or other kinds of data are none.</summary>
    private static bool IsName(string name) => name.Length <= LongestName && NamePattern().IsMatch(name);

    private static bool IsWindowsName(string name) => name != "UTC" && TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out _);

    [GeneratedRegex(@"\A(?!right/|posix/|posixrules\z|localtime\z|Factory\z)[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex NamePattern();
}
