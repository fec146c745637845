namespace OpsConsole.Jobs.Monitoring;

/// <summary>Who acts, and why; both become part of the job's history.</summary>
/// <param name="Name">Name of a person or program, at most 200 characters.</param>
/// <param name="Reason">Why, at most 500 characters; may be empty.</param>
public sealed record Actor(string Name, string Reason);

/// <summary>What became of an act.</summary>
/// <param name="Outcome">Which of the possible ends.</param>
/// <param name="Message">One sentence for people: what happened and what to do.</param>
public sealed record ControlResult(ControlOutcome Outcome, string Message)
{
    /// <summary>Whether it was done or is on its way.</summary>
    public bool IsAccepted => Outcome is ControlOutcome.Done or ControlOutcome.Requested;
}

/// <summary>How an act can end.</summary>
public enum ControlOutcome
{
    /// <summary>Done.</summary>
    Done,
    /// <summary>A worker was asked; its event will tell.</summary>
    Requested,
    /// <summary>There is no such job or queue.</summary>
    NotFound,
    /// <summary>The job or queue is not in a state that allows it; nothing was changed.</summary>
    WrongState,
    /// <summary>A Hangfire client is changing the job; try again.</summary>
    Locked,
}
