using System.Globalization;

namespace OpsConsole.Data.Failures;

/// <summary>A part of the groups, as the tabs of the page name it.</summary>
public enum GroupTab
{
    /// <summary>Open or acknowledged, and seen lately.</summary>
    Active,
    /// <summary>Active, and nobody's.</summary>
    Unowned,
    /// <summary>Open or acknowledged, and the viewer's.</summary>
    Mine,
    Snoozed,
    /// <summary>Open or acknowledged, and not seen for <see cref="GroupLimits.QuietAfter"/>.</summary>
    Quiet,
    Resolved,
}

public enum GroupSort
{
    /// <summary>Seen last first.</summary>
    Last,
    /// <summary>Most failures first.</summary>
    Count,
    /// <summary>First seen last: what is new.</summary>
    First,
}

/// <summary>A page of groups.</summary>
public sealed record GroupQuery
{
    public GroupTab Tab { get; init; }
    /// <summary>For <see cref="GroupTab.Mine"/>.</summary>
    public Guid? ViewerId { get; init; }
    /// <summary>Part of the job type, the exception, the message or the frame.</summary>
    public string? Text { get; init; }
    public string? JobType { get; init; }
    public string? Queue { get; init; }
    public string? Version { get; init; }
    public GroupSort Sort { get; init; }
    public GroupKey? After { get; init; }
    public int Limit { get; init; } = 50;
}

/// <summary>Where a page of groups goes on: the value that it is sorted by, and the id behind it.</summary>
public sealed record GroupKey(long Value, Guid Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}_{Id:N}");

    /// <summary>Null when the text is none.</summary>
    public static GroupKey? Parse(string? text)
    {
        var parts = text?.Split('_') ?? [];
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value is >= 0 and < 253_402_300_800_000_000 && Guid.TryParseExact(parts[1], "N", out var id)
            ? new GroupKey(value, id) : null;
    }
}

/// <summary>Groups, where they go on, and how many there are in each tab.</summary>
/// <param name="Next">Null at the end.</param>
public sealed record GroupListing(IReadOnlyList<FailureGroup> Groups, GroupKey? Next, GroupCounts Counts);

/// <summary>How many groups stand in each tab, filters aside.</summary>
public sealed record GroupCounts(long Active, long Unowned, long Mine, long Snoozed, long Quiet, long Resolved)
{
    public long Of(GroupTab tab) => tab switch
    {
        GroupTab.Active => Active,
        GroupTab.Unowned => Unowned,
        GroupTab.Mine => Mine,
        GroupTab.Snoozed => Snoozed,
        GroupTab.Quiet => Quiet,
        _ => Resolved,
    };
}
