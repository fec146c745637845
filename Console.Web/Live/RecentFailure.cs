using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>One job whose last attempt failed.</summary>
public sealed record RecentFailure
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    /// <summary>Failed, Retrying or Quarantined; Enqueued or Processing once its next attempt is on the way.</summary>
    public required JobState State { get; init; }
    public required DateTimeOffset At { get; init; }
    public string Queue { get; init; } = "";
    public string Error { get; init; } = "";
    public string Message { get; init; } = "";
    public int Attempt { get; init; }
    /// <summary>When it will be tried again by itself, or null.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The exception's type without its namespace.</summary>
    public string ShortError => Error[(Error.LastIndexOf('.') + 1)..];

    public static RecentFailure From(JobEvent e, JobNames names) => new()
    {
        Id = e.Subject,
        Name = names.Of(e.Type),
        State = e.Kind switch
        {
            JobEventKinds.Retrying => JobState.Retrying,
            JobEventKinds.Quarantined => JobState.Quarantined,
            _ => JobState.Failed,
        },
        At = e.At,
        Queue = e.Queue,
        Error = e.Kind == JobEventKinds.Quarantined ? "Worker lost" : RecentFailures.Short(e.Text("error")),
        Message = e.Kind == JobEventKinds.Quarantined
            ? $"Lost its worker {e.Number("lost") ?? 3:0} times while it ran; it is not started again by itself."
            : RecentFailures.Short(e.Text("message") ?? e.Text("reason")),
        Attempt = (int)(e.Number("attempt") ?? 0),
        NextAt = e.Kind == JobEventKinds.Retrying && e.Number("at") is { } at ? DateTimeOffset.FromUnixTimeMilliseconds((long)at) : null,
    };

    public static RecentFailure From(JobRecord job) => new()
    {
        Id = job.Id,
        Name = job.Name,
        State = job.State,
        At = job.StateAt ?? DateTimeOffset.UnixEpoch,
        Queue = job.Queue,
        Error = RecentFailures.Short(job.ErrorType),
        Message = RecentFailures.Short(job.ErrorMessage ?? job.Reason),
        Attempt = job.Attempt,
        NextAt = job.EnqueueAt,
    };
}
