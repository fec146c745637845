namespace OpsConsole.Jobs.Client;

/// <summary>What became of a request for a job.</summary>
/// <param name="Id">Id of the job: the new one, the one that was there, or the holder of the uniqueness key; empty when there is none.</param>
/// <param name="Outcome">Which of the possible ends.</param>
/// <param name="Message">One sentence for people: what happened and what to do.</param>
public sealed record EnqueueResult(string Id, EnqueueOutcome Outcome, string Message)
{
    /// <summary>Whether a job was made by this call.</summary>
    public bool IsCreated => Outcome == EnqueueOutcome.Created;

    /// <summary>What is wrong with the arguments, one entry for each fault; empty unless the outcome is <see cref="EnqueueOutcome.BadArguments"/>.</summary>
    public IReadOnlyList<ArgumentProblem> Problems { get; init; } = [];
}

/// <summary>How a request for a job can end.</summary>
public enum EnqueueOutcome
{
    /// <summary>The job was made.</summary>
    Created,
    /// <summary>A job of that id is there already; nothing was changed.</summary>
    AlreadyExists,
    /// <summary>An unfinished job holds the uniqueness key.</summary>
    DuplicateKey,
    /// <summary>No host has published such a job type.</summary>
    UnknownType,
    /// <summary>The arguments or options do not fit; see the problems.</summary>
    BadArguments,
    /// <summary>The arguments are larger than the limit.</summary>
    TooLarge,
    /// <summary>The parent is not there.</summary>
    ParentMissing,
    /// <summary>The parent cannot take a continuation now: a Hangfire client holds its lock, or 1,000 jobs wait for it.</summary>
    ParentBusy,
}

/// <summary>One fault in arguments or options.</summary>
/// <param name="Path">Where: a parameter name, a path such as <c>order.lines[2].price</c>, or empty for the whole.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ArgumentProblem(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
