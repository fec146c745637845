namespace OpsConsole.Data.Failures;

/// <summary>What bounds the groups of failures.</summary>
public static class GroupLimits
{
    /// <summary>Most groups; beyond, those that were not seen for longest go.</summary>
    public const int Groups = 50_000;
    /// <summary>A group that was not seen for so long goes, whatever its state.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);
    /// <summary>Hours that a group counts by.</summary>
    public const int Hours = 7 * 24;
    /// <summary>Days that a group counts by.</summary>
    public const int Days = 90;
    /// <summary>Queues, workers, hosts and versions that a group names, of each.</summary>
    public const int FacetValues = 20;
    /// <summary>Characters of a note.</summary>
    public const int Note = 2_000;
    /// <summary>Rows of a page.</summary>
    public const int Page = 200;
    /// <summary>Groups that one act takes.</summary>
    public const int Targets = 1_000;
    /// <summary>Failures that a snooze can wait for.</summary>
    public const int SnoozeCount = 1_000_000;
    /// <summary>Without a failure for so long, an open group is quiet.</summary>
    public static readonly TimeSpan QuietAfter = TimeSpan.FromDays(7);

    internal const int Name = 300;
    internal const int Message = 4_000;
    internal const int Stack = 32_000;
    internal const int FacetValue = 200;
}
