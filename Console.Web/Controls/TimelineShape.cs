using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Controls;

/// <summary>A stretch of a lane, in percent of the whole.</summary>
/// <param name="Tone">State whose fill it takes.</param>
/// <param name="Kind">"solid", "wait" (dashes) or "expected" (outline).</param>
/// <param name="Text">Said beside it.</param>
public sealed record TimelineStretch(double Left, double Width, string Tone, string Kind, string Text);

/// <summary>One line of the drawing.</summary>
public sealed record TimelineLane(string Name, IReadOnlyList<TimelineStretch> Stretches);

/// <summary>A job's life drawn to scale: one lane for waiting, one for each attempt.</summary>
public sealed class TimelineShape
{
    /// <summary>More attempts than this are in the table only.</summary>
    public const int MostAttempts = 12;
    private DateTimeOffset _from, _to;

    public IReadOnlyList<TimelineLane> Lanes { get; private init; } = [];
    /// <summary>Round moments with their place in percent.</summary>
    public IReadOnlyList<(DateTimeOffset At, double Left)> Ticks { get; private init; } = [];
    /// <summary>How their times are written: as fine as it takes to tell two of them apart.</summary>
    public string TickFormat { get; private init; } = "";
    /// <summary>From the first moment to the last or to now.</summary>
    public TimeSpan Whole { get; private init; }
    public TimeSpan Running { get; private init; }
    public int LeftOut { get; private init; }
    public bool HasOpenEnd { get; private init; }

    /// <summary>Null when there is nothing to draw: no attempt, or no time between its moments.</summary>
    public static TimelineShape? Draw(JobDetails details, DateTimeOffset now)
    {
        var attempts = details.Attempts.TakeLast(MostAttempts).ToList();
        if (attempts.Count == 0) return null;
        var from = attempts.Select(a => a.EnqueuedAt ?? a.StartedAt).Min();
        if (details.Attempts.Count <= MostAttempts && details.Job.CreatedAt is { } made && made < from) from = made;
        var open = attempts[^1] is { EndedAt: null, Outcome: JobState.Processing } running ? running : null;
        var expected = open is null ? null : ExpectedEnd(details.Job, open, now);
        var to = attempts.Select(a => EndOf(a, now)).Append(expected ?? DateTimeOffset.MinValue).Max();
        if (details.Job is { State: JobState.Retrying, EnqueueAt: { } next } && next > to && next - to < (to - from) * 3) to = next;
        if (to - from < TimeSpan.FromMilliseconds(1)) to = from.AddMilliseconds(1);

        var shape = new TimelineShape { _from = from, _to = to };
        var lanes = new List<TimelineLane>();
        if (shape.Waits(details, attempts, now) is { Count: > 0 } waits) lanes.Add(new TimelineLane("Waiting", waits));
        lanes.AddRange(attempts.Select(attempt => shape.Lane(attempt, now, attempt == open ? expected : null)));
        return new TimelineShape
        {
            Lanes = lanes,
            Ticks = shape.RoundMoments(),
            TickFormat = FormatOf(shape.TickStep),
            Whole = (open is not null ? now : attempts.Max(a => EndOf(a, now))) - from,
            Running = attempts.Aggregate(TimeSpan.Zero, (sum, a) => sum + (EndOf(a, now) - a.StartedAt)),
            LeftOut = details.Attempts.Count - attempts.Count,
            HasOpenEnd = open is not null,
        };
    }

    private List<TimelineStretch> Waits(JobDetails details, List<JobAttempt> attempts, DateTimeOffset now)
    {
        var waits = new List<TimelineStretch>();
        DateTimeOffset? before = details.Attempts.Count <= MostAttempts ? details.Job.CreatedAt : null;
        foreach (var attempt in attempts)
        {
            var queued = attempt.EnqueuedAt ?? attempt.StartedAt;
            if (before is { } since && queued > since) waits.Add(Stretch(since, queued, attempt == attempts[0] ? "waiting" : "retrying", "wait", ""));
            if (attempt.StartedAt > queued) waits.Add(Stretch(queued, attempt.StartedAt, "waiting", "solid", TimeText.Measured(attempt.StartedAt - queued) + " in queue"));
            before = EndOf(attempt, now);
        }
        if (before is { } last && details.Job is { State: JobState.Retrying, EnqueueAt: { } next } && next > last) waits.Add(Stretch(last, next, "retrying", "wait", ""));
        return waits;
    }

    private TimelineLane Lane(JobAttempt attempt, DateTimeOffset now, DateTimeOffset? expected)
    {
        var end = EndOf(attempt, now);
        var tone = attempt is { EndedAt: null, Outcome: JobState.Unknown } ? "retrying" : StateLook.Tone(attempt.Outcome);
        var stretches = new List<TimelineStretch> { Stretch(attempt.StartedAt, end, tone, "solid", Words(attempt, end)) };
        if (expected is { } at && at > end) stretches.Add(Stretch(end, at, tone, "expected", ""));
        return new TimelineLane($"Attempt {attempt.Number}", stretches);
    }

    private static string Words(JobAttempt attempt, DateTimeOffset end)
    {
        var took = TimeText.Measured(end - attempt.StartedAt);
        return attempt.Outcome switch
        {
            JobState.Processing => "running",
            JobState.Succeeded => "succeeded after " + took,
            JobState.Failed => "failed after " + took,
            JobState.Deleted => "cancelled after " + took,
            // Its states do not tell whether its worker gave it back or was lost.
            _ => attempt.EndedAt is null ? "lost with its worker" : "back in its queue after " + took,
        };
    }

    private TimelineStretch Stretch(DateTimeOffset from, DateTimeOffset to, string tone, string kind, string text)
    {
        var left = Share(from);
        return new TimelineStretch(left, Math.Max(0, Share(to) - left), tone, kind, text);
    }

    private double Share(DateTimeOffset at) => Math.Clamp((at - _from) / (_to - _from) * 100, 0, 100);

    /// <summary>Its progress told how far it is, so it tells how far it has to go.</summary>
    private static DateTimeOffset? ExpectedEnd(JobRecord job, JobAttempt running, DateTimeOffset now) =>
        job.Percent is > 1 and < 100 && now > running.StartedAt ? running.StartedAt + ((now - running.StartedAt) * (100 / job.Percent.Value)) : null;

    private static DateTimeOffset EndOf(JobAttempt attempt, DateTimeOffset now)
    {
        var end = attempt.EndedAt ?? (attempt.Outcome == JobState.Processing ? now : attempt.StartedAt);
        return end < attempt.StartedAt ? attempt.StartedAt : end;
    }

    private TimeSpan TickStep => Step((_to - _from) / 6);

    private static string FormatOf(TimeSpan step) => step switch
    {
        { TotalSeconds: < 1 } => "ss.fff",
        { TotalMinutes: < 1 } => "HH:mm:ss",
        { TotalDays: < 1 } => "HH:mm",
        _ => "MM-dd",
    };

    private List<(DateTimeOffset, double)> RoundMoments()
    {
        var step = TickStep;
        var first = new DateTimeOffset((_from.UtcTicks / step.Ticks + 1) * step.Ticks, TimeSpan.Zero);
        var moments = new List<(DateTimeOffset, double)>();
        for (var at = first; at <= _to && moments.Count < 9; at += step) moments.Add((at, Share(at)));
        return moments;
    }

    private static TimeSpan Step(TimeSpan about)
    {
        foreach (var seconds in (double[])[0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400])
            if (about.TotalSeconds <= seconds) return TimeSpan.FromSeconds(seconds);
        return TimeSpan.FromDays(Math.Ceiling(about.TotalDays));
    }
}
