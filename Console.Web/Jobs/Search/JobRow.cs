using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Jobs.Past;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>A row of the list: a job that Redis knows, or an attempt out of the history with what Redis knows of its job now.</summary>
public sealed record JobRow
{
    private JobRow(JobRecord? now, AttemptSummary? past) => (Now, Past) = (now, past);

    /// <summary>The job as Redis knows it; null when it has forgotten it.</summary>
    public JobRecord? Now { get; }

    /// <summary>The attempt; null for a job that is listed because of how it stands.</summary>
    public AttemptSummary? Past { get; }

    /// <summary>What the row is known by on the page: a job can have many attempts.</summary>
    public string Key => Past is null ? Id : Past.Key.ToString();

    public string Id => Past?.JobId ?? Now!.Id;

    public string Name => Past?.Type ?? Now!.Name;

    /// <summary>Where the job stands, or how the attempt ended.</summary>
    public JobState State => Past is null ? Now!.State : PastJob.StateOf(Past.Outcome);

    /// <summary>When it came to that.</summary>
    public DateTimeOffset At => Past?.EndedAt ?? Now!.StateAt ?? Now.CreatedAt ?? DateTimeOffset.MinValue;

    /// <summary>What the list shows as its time: what is due is due then.</summary>
    public DateTimeOffset? When => Past is not null ? Past.EndedAt : Now!.State is JobState.Scheduled or JobState.Retrying ? Now.EnqueueAt ?? Now.StateAt : Now.StateAt ?? Now.CreatedAt;

    public string Queue => Past?.Queue ?? Now!.Queue;

    public string Worker => Past?.Worker ?? Now!.Worker;

    public TimeSpan? Waited => Past is null ? Now!.Waited : Span(Past.WaitMs);

    public TimeSpan? Ran => Past is null ? Now!.Ran : Span(Past.RunMs);

    public int Attempt => Past?.Attempt ?? Now!.Attempt;

    public string? ErrorType => Past is null ? Now!.ErrorType : Past.ErrorType;

    public string? ErrorMessage => Past is null ? Now!.ErrorMessage : Past.ErrorMessage;

    public string? Reason => Past is null ? Now!.Reason : Past.Reason;

    /// <summary>Whether it still is at what the row tells.</summary>
    public bool IsNews => Past is not null && Now is not null && !IsSameEnd(Now, Past);

    public static JobRow Of(JobRecord job) => new(job, null);

    public static JobRow Of(AttemptSummary past, JobRecord? now) => new(now, past);

    /// <summary>The same row with what Redis knows now.</summary>
    public JobRow With(JobRecord? now) => new(Past is null ? now ?? Now : now, Past);

    /// <summary>Whether the attempt brought the job to where it stands. The moment of the state and that of its event may be apart a little.</summary>
    public static bool IsSameEnd(JobRecord now, AttemptSummary past) =>
        now.State == PastJob.StateOf(past.Outcome) && now.StateAt is { } at && (at - past.EndedAt).Duration() < TimeSpan.FromSeconds(2);

    private static TimeSpan? Span(long? ms) => ms is { } known ? TimeSpan.FromMilliseconds(known) : null;
}
