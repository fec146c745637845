using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>
/// A cron line in a time zone. It is looked up span by span: within a span the wall clock is UTC plus a constant, so that only the
/// start of a span needs rules. Lines that run every hour have none there: they follow the clock on the wall as it goes.
/// </summary>
internal sealed class CronSource(CronExpression expression, ZoneClock clock, ScheduleTiming timing) : MomentSource
{
    private readonly bool moves = timing.SkippedTime == SkippedTime.Move && !expression.RunsEveryHour;
    private readonly bool once = timing.RepeatedTime == RepeatedTime.Once && !expression.RunsEveryHour;

    public override long First(long from, out long planned)
    {
        var searchedFrom = long.MaxValue;
        planned = 0;
        while (true)
        {
            var span = clock.SpanAt(from);
            var start = from + span.Offset;
            if (moves && from == span.Start && Missing(span) is { } missing)
            {
                planned = missing;
                return from;
            }
            if (once && start < span.OldClockAtStart)
                start = span.OldClockAtStart;
            // A rare line is found years ahead; what was found stays true in the spans between.
            if (start < searchedFrom || start > planned)
                planned = expression.NextLocal(searchedFrom = start);
            if (planned == CronExpression.Never)
                return Never;
            if (planned - span.Offset < span.End)
                return planned - span.Offset;
            from = span.End;
        }
    }

    public override long? FixedTime(long from, long to) =>
        !expression.RunsEveryHour && expression.NextLocal(from) is var local && local < to ? local : null;

    /// <summary>The first local time that falls into the gap before a span, unless the span begins with a moment of its own.</summary>
    private long? Missing(ZoneSpan span)
    {
        if (span.OldClockAtStart >= span.ClockAtStart)
            return null;
        var missing = expression.NextLocal(span.OldClockAtStart);
        return missing < span.ClockAtStart && expression.NextLocal(span.ClockAtStart) != span.ClockAtStart ? missing : null;
    }
}
