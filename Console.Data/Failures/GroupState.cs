namespace OpsConsole.Data.Failures;

/// <summary>How a group of failures stands. Stored as a number: never renumber.</summary>
public enum GroupState : short
{
    /// <summary>Nobody has said anything about it, or it came back.</summary>
    Open = 1,
    /// <summary>Somebody has seen it.</summary>
    Acknowledged = 2,
    /// <summary>Out of sight until a time or a number of further failures.</summary>
    Snoozed = 3,
    /// <summary>Done with; the next failure opens it again.</summary>
    Resolved = 4,
}

/// <summary>What happened to a group, by an operator or by itself. Stored as a number: never renumber.</summary>
public enum GroupAct : short
{
    Acknowledge = 1,
    Assign = 2,
    /// <summary>Takes the owner away.</summary>
    Release = 3,
    Snooze = 4,
    Resolve = 5,
    /// <summary>By an operator.</summary>
    Reopen = 6,
    Note = 7,
    /// <summary>A resolved group was seen again.</summary>
    CameBack = 8,
    /// <summary>A snooze has ended.</summary>
    Woke = 9,
}
