using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>A job in Redis, for a query to look at. What its row does not tell is unknown.</summary>
/// <param name="listed">What the list says that it stands in; it counts for a job of which too little is left to tell.</param>
/// <param name="worker">Its worker, when that is here.</param>
public sealed class LiveFacts(JobRecord job, ListedIn listed, WorkerRecord? worker, DateTimeOffset now) : IJobFacts
{
    public string Id => job.Id;

    public SearchState? State => Enum.TryParse<SearchState>(job.State.ToString(), out var state) ? state : listed.State;

    public AttemptOutcome? Outcome => null;

    public DateTimeOffset? At => job.StateAt ?? job.CreatedAt;

    public string? Type => job.Name;

    public string? Queue => Known(job.Queue) ?? listed.Queue;

    public string? Worker => Known(job.Worker);

    public string? Host => Known(worker?.Host);

    public string? Version => Known(worker?.Version);

    public IReadOnlyList<string> Tags => [];

    public string? Owner => null;

    public Guid? ScheduleId => null;

    public string? ScheduleName => null;

    public Guid? GroupId => null;

    public string? ParentId => null;

    public string? ErrorType => job.ErrorType;

    public string? ErrorMessage => job.ErrorMessage;

    public string? Reason => job.Reason;

    public string? Arguments => job.Arguments.Count == 0 ? null : ArgumentSummary.Json(job.Arguments);

    public string? Result => null;

    public int? Attempt => job.Attempt == 0 ? null : job.Attempt;

    public TimeSpan? Wait => job.State == JobState.Enqueued ? now - job.StateAt : job.Waited;

    public TimeSpan? Run => job.State == JobState.Processing ? now - job.StateAt : job.Ran;

    private static string? Known(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>What being in a list says of a job.</summary>
/// <param name="State">State of all jobs of the list, or null.</param>
/// <param name="Queue">Queue of all of them, or null.</param>
public readonly record struct ListedIn(SearchState? State, string? Queue);
