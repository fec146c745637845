namespace OpsConsole.Data.Operations;

/// <summary>What a mass operation does with each job. Stored as a number: never renumber.</summary>
public enum BulkKind : short
{
    Retry = 1,
    /// <summary>Retry with arguments that a patch has changed.</summary>
    RetryPatched = 2,
    Delete = 3,
}

/// <summary>Where its jobs came from. Stored as a number: never renumber.</summary>
public enum BulkSource : short
{
    /// <summary>A group of failures; the text is its id.</summary>
    Group = 1,
    /// <summary>A search; the text is the query.</summary>
    Search = 2,
    /// <summary>Ids that somebody selected.</summary>
    Selection = 3,
    /// <summary>Those that failed again in an earlier operation; the text is its id.</summary>
    Operation = 4,
}

/// <summary>Whether a few jobs go first. Stored as a number: never renumber.</summary>
public enum BulkCanary : short
{
    /// <summary>All at once.</summary>
    None = 0,
    /// <summary>1, then 10, then the rest, and somebody says each time that it goes on.</summary>
    Ask = 1,
    /// <summary>1, then 10, then the rest, going on by itself while not too many fail again.</summary>
    Automatic = 2,
}

/// <summary>How a mass operation stands. Stored as a number: never renumber.</summary>
public enum BulkState : short
{
    /// <summary>Its jobs are looked up, to leave out those that have moved on.</summary>
    Preparing = 1,
    Running = 2,
    /// <summary>A step of the canary is over; somebody has to say that it goes on.</summary>
    Waiting = 3,
    /// <summary>Somebody paused it.</summary>
    Paused = 4,
    /// <summary>It stopped by itself, because too many failed again; somebody may resume it.</summary>
    Halted = 5,
    /// <summary>Somebody stopped it for good.</summary>
    Stopped = 6,
    Finished = 7,
}

/// <summary>What became of one job of it. Stored as a number, and the place in the counts: never renumber.</summary>
public enum BulkItemState : short
{
    /// <summary>Not acted on yet; or, up to the cursor, under way.</summary>
    Open = 0,
    Succeeded = 1,
    FailedAgain = 2,
    /// <summary>Somebody deleted or cancelled it after the retry.</summary>
    Deleted = 3,
    /// <summary>Redis has dropped it before its end was seen.</summary>
    Unknown = 4,

    /// <summary>Left out: it waits or runs, so somebody has retried it.</summary>
    Retried = 10,
    /// <summary>Left out: it has succeeded.</summary>
    HasSucceeded = 11,
    /// <summary>Left out: it is deleted.</summary>
    IsDeleted = 12,
    /// <summary>Left out: it was retried and failed again after the operation was made.</summary>
    FailedSince = 13,
    /// <summary>Left out: Redis has dropped it.</summary>
    Missing = 14,
    /// <summary>Left out: an unfinished job holds its uniqueness key.</summary>
    Duplicate = 15,
    /// <summary>Left out: its keys hold nonsense.</summary>
    Damaged = 16,
    /// <summary>Left out: a Hangfire client held its lock for too long.</summary>
    Locked = 17,
    /// <summary>Left out: the patch does not apply to its arguments, or makes arguments that its type refuses.</summary>
    Unfit = 18,
}

public static class BulkItemStates
{
    /// <summary>Length of the counts of an operation.</summary>
    public const int Count = 20;

    public static bool IsLeftOut(this BulkItemState state) => state >= BulkItemState.Retried;
}
