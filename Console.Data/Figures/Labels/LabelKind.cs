namespace OpsConsole.Data.Figures.Labels;

/// <summary>What volume is counted by. Stored as a number.</summary>
public enum LabelKind : short
{
    /// <summary>All jobs, once each, under the empty name.</summary>
    All = 0,
    /// <summary>Owner of the schedule that made the job; the empty name for jobs without one.</summary>
    Owner = 1,
    /// <summary>Tag of the job. One with several counts under each; one without any counts under the empty name.</summary>
    Tag = 2,
    /// <summary>Owners beyond <see cref="LabelLimits.Names"/>, together.</summary>
    FurtherOwners = 3,
    /// <summary>Tags beyond <see cref="LabelLimits.Names"/>, together.</summary>
    FurtherTags = 4,
}

/// <summary>Bounds of what is counted by owner and tag, so that neither can fill the database.</summary>
public static class LabelLimits
{
    /// <summary>Most owners, and most tags, that are told apart.</summary>
    public const int Names = 1_000;
    /// <summary>Characters of a name.</summary>
    public const int Name = 100;
    /// <summary>Tags of one job that are counted.</summary>
    public const int TagsOfJob = 20;
    /// <summary>How long hours are kept, in days: a year and what it is compared with come from the days before it.</summary>
    public const int KeepDays = 400;
}
