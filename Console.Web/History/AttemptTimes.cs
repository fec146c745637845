using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.History;

/// <summary>
/// Times of an attempt, none of which lies after a later one: they come from the clocks of Redis, of the worker and of whoever made the
/// job, and a clock may be wrong.
/// </summary>
internal readonly record struct AttemptTimes(DateTimeOffset? CreatedAt, DateTimeOffset? EnqueuedAt, DateTimeOffset? StartedAt, long? WaitMs, long? RunMs)
{
    // A thousand years: what is longer is nonsense, and must not overflow.
    private const double LongestMs = 3.2e13;

    /// <param name="e">The event that ended it.</param>
    /// <param name="facts">What Redis knows of it, or null.</param>
    /// <param name="ran">Whether it was started at all.</param>
    /// <param name="endIsKnown">False when it ended with its worker, nobody knows when.</param>
    public static AttemptTimes Of(JobEvent e, JobFacts? facts, bool ran, bool endIsKnown)
    {
        var ended = e.At;
        var run = ran && endIsKnown ? Ms(e.Number("run")) : null;
        var started = ran ? Earlier(facts?.StartedAt ?? Before(ended, run), ended) : null;
        run ??= ran && endIsKnown && started is { } from ? Span(from, ended) : null;
        var wait = ran ? Ms(e.Number("wait")) : null;
        var enqueued = Earlier(facts?.EnqueuedAt ?? Before(started, wait), started ?? ended);
        wait ??= enqueued is { } since && started is { } until ? Span(since, until) : null;
        return new AttemptTimes(Earlier(facts?.CreatedAt, enqueued ?? started ?? ended), enqueued, started, wait, run);
    }

    private static long? Ms(double? ms) => ms is { } known ? (long)Math.Clamp(known, 0, LongestMs) : null;

    private static long Span(DateTimeOffset from, DateTimeOffset until) => Math.Max(0, (long)(until - from).TotalMilliseconds);

    private static DateTimeOffset? Before(DateTimeOffset? at, long? ms) =>
        at is { } known && ms is { } length && length < (known - DateTimeOffset.MinValue).TotalMilliseconds ? known.AddMilliseconds(-length) : null;

    private static DateTimeOffset? Earlier(DateTimeOffset? at, DateTimeOffset bound) => at is { } known ? (known < bound ? known : bound) : null;
}
