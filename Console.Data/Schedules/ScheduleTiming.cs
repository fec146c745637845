namespace OpsConsole.Data.Schedules;

/// <summary>When a schedule runs: all moments of its lines, intervals and one-off moments, minus what is excluded. All local times are of one zone.</summary>
public sealed record ScheduleTiming
{
    /// <summary>IANA name.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Cron lines of five or six fields (the sixth, in front, is seconds), or macros.</summary>
    public IReadOnlyList<string> Cron { get; init; } = [];

    public IReadOnlyList<ScheduleInterval> Every { get; init; } = [];

    /// <summary>One-off moments, local.</summary>
    public IReadOnlyList<DateTime> At { get; init; } = [];

    /// <summary>Local ranges without runs.</summary>
    public IReadOnlyList<ExcludedRange> ExceptRanges { get; init; } = [];

    /// <summary>Names of calendars on whose days nothing runs.</summary>
    public IReadOnlyList<string> ExceptCalendars { get; init; } = [];

    /// <summary>First and last local moment, both included; null: no bound.</summary>
    public DateTime? Start { get; init; }

    public DateTime? End { get; init; }

    /// <summary>Each moment is put off by up to this, always by the same amount for the same moment, and never to the next one.</summary>
    public int JitterSeconds { get; init; }

    /// <summary>What becomes of a local time that a change of the clocks leaves out.</summary>
    public SkippedTime SkippedTime { get; init; }

    /// <summary>What becomes of a local time that a change of the clocks brings twice.</summary>
    public RepeatedTime RepeatedTime { get; init; }
}

/// <summary>A fixed distance of elapsed time, counted from the Unix epoch plus a phase.</summary>
public sealed record ScheduleInterval(int Seconds, int PhaseSeconds = 0);

/// <summary>From a local moment (included) to another one (not included).</summary>
public sealed record ExcludedRange(DateTime From, DateTime To, string Note = "");

/// <summary>For local times that do not exist.</summary>
public enum SkippedTime
{
    /// <summary>It runs at the first moment after the gap.</summary>
    Move,

    /// <summary>It does not run on that day.</summary>
    Skip,
}

/// <summary>For local times that exist twice.</summary>
public enum RepeatedTime
{
    /// <summary>It runs the first time.</summary>
    Once,

    /// <summary>It runs both times.</summary>
    Twice,
}
