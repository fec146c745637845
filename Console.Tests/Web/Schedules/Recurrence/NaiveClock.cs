namespace OpsConsole.Tests.Web.Schedules.Recurrence;

/// <summary>
/// Walks through time in fixed steps of UTC and asks <see cref="TimeZoneInfo"/> at each of them what the clock on the wall shows.
/// All numbers are seconds since the year 1.
/// </summary>
internal sealed class NaiveClock(string zone, DateTime from, DateTime to, int stepSeconds)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(zone);

    public int Step => stepSeconds;

    public IEnumerable<Tick> Walk()
    {
        var utc = from;
        var previous = Local(utc) - stepSeconds;
        for (var highest = previous; utc < to; utc = utc.AddSeconds(stepSeconds))
        {
            var local = Local(utc);
            yield return new Tick(utc.Ticks / TimeSpan.TicksPerSecond, local, previous, highest);
            previous = local;
            highest = Math.Max(highest, local);
        }
    }

    private long Local(DateTime utc) => (utc + zone.GetUtcOffset(utc)).Ticks / TimeSpan.TicksPerSecond;
}

/// <summary>An instant, what the clock shows, what it showed a step before, and the latest time that it has ever shown before.</summary>
internal readonly record struct Tick(long Utc, long Local, long Previous, long Highest);
