using OpsConsole.Data.Failures;

namespace OpsConsole.Web.Failures;

/// <summary>A stretch of time over which the failures of a group are drawn.</summary>
/// <param name="Name">As the address says it.</param>
public sealed record GroupSpan(string Name, string Text, string Note, int Places, TimeSpan Unit)
{
    public bool IsUsual => this == GroupSpans.All[1];

    public int[] Of(FailureGroup group, DateTimeOffset now) => (Unit == TimeSpan.FromDays(1) ? group.Days : group.Hours).Until(now, Places);
}

internal static class GroupSpans
{
    public static IReadOnlyList<GroupSpan> All { get; } =
    [
        new("24h", "24 h", "by hour", 24, TimeSpan.FromHours(1)),
        new("7d", "7 d", "by hour", GroupLimits.Hours, TimeSpan.FromHours(1)),
        new("90d", "90 d", "by day, UTC", GroupLimits.Days, TimeSpan.FromDays(1)),
    ];

    public static GroupSpan Of(string? name) => All.FirstOrDefault(span => span.Name == name) ?? All[1];
}
