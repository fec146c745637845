using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>One-off local moments, under the same rules for missing and repeated local times as cron lines of a fixed time.</summary>
internal sealed class OneOffSource : MomentSource
{
    private readonly long[] moments;
    private readonly long[] plans;
    private readonly long[] written;

    public OneOffSource(ScheduleTiming timing, ZoneClock clock)
    {
        var all = timing.At.SelectMany(at => Moments(at.Ticks, timing, clock)).DistinctBy(moment => moment.At).OrderBy(moment => moment.At).ToList();
        written = [.. timing.At.Select(at => at.Ticks).Order()];
        moments = [.. all.Select(moment => moment.At)];
        plans = [.. all.Select(moment => moment.Planned)];
    }

    public override long First(long from, out long planned)
    {
        var index = Array.BinarySearch(moments, from);
        if (index < 0)
            index = ~index;
        planned = index < moments.Length ? plans[index] : 0;
        return index < moments.Length ? moments[index] : Never;
    }

    public override long? FixedTime(long from, long to) => written.Where(at => at >= from && at < to).Select(at => (long?)at).FirstOrDefault();

    /// <summary>The instants that a local time stands for under the rules of a timing.</summary>
    private static IEnumerable<(long At, long Planned)> Moments(long local, ScheduleTiming timing, ZoneClock clock)
    {
        var instants = clock.InstantsOf(local);
        if (instants.Count == 0)
            return timing.SkippedTime == SkippedTime.Move ? [(clock.FirstInstantOf(local), local)] : [];
        return instants.Take(timing.RepeatedTime == RepeatedTime.Twice ? 2 : 1).Select(instant => (instant, local));
    }
}
