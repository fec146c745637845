namespace OpsConsole.Web.Schedules;

/// <summary>Bounds of a definition beside the sizes of the columns; those of timings are the recurrence's own.</summary>
public static class DefinitionLimits
{
    /// <summary>Characters of a queue's name, as the layout of the jobs has it.</summary>
    public const int Queue = 64;

    /// <summary>Characters of the arguments.</summary>
    public const int Arguments = 65_536;

    public const int BufferedOccurrences = 10_000;
    public const int CatchUpRuns = 10_000;
    public const int FailuresInRow = 1_000;

    /// <summary>Longest grace: a week.</summary>
    public const int GraceSeconds = 604_800;

    /// <summary>Longest catch-up window and expiry: a leap year.</summary>
    public const int LongestSeconds = 31_622_400;
}
