using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>One job that runs now.</summary>
public sealed record RunningJob
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string Queue { get; init; } = "";
    /// <summary>Worker id.</summary>
    public string Worker { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public int Attempt { get; init; }
    /// <summary>0 to 100, or null when it reported none.</summary>
    public double? Percent { get; init; }
    public string? Text { get; init; }
    public bool CancelRequested { get; init; }
    /// <summary>Where its start stands in the stream; the beginning when it was read from Redis.</summary>
    public StreamPosition Position { get; init; }

    /// <summary>What its pace so far promises for the rest, or null when there is nothing to go by.</summary>
    public TimeSpan? Left(DateTimeOffset now) =>
        Percent is > 1 and < 100 and var percent && now > StartedAt ? (now - StartedAt) * ((100 - percent) / percent) : null;

    public static RunningJob From(JobRecord job) => new()
    {
        Id = job.Id,
        Name = job.Name,
        Queue = job.Queue,
        Worker = job.Worker,
        StartedAt = job.StateAt ?? job.CreatedAt ?? DateTimeOffset.UnixEpoch,
        Attempt = job.Attempt,
        Percent = job.Percent,
        Text = job.ProgressText,
        CancelRequested = job.CancelRequested,
    };

    public static RunningJob From(JobEvent e, StreamPosition position, JobNames names) => new()
    {
        Id = e.Subject,
        Name = names.Of(e.Type),
        Queue = e.Queue,
        Worker = e.Worker,
        StartedAt = e.At,
        Attempt = (int)(e.Number("attempt") ?? 1),
        Position = position,
    };
}
