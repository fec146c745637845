using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

/// <summary>A cron line under the rules for missing and repeated local times and for exclusions, decided tick by tick.</summary>
internal sealed class NaiveRule(string line, ScheduleTiming timing, IReadOnlySet<DateOnly>? days = null)
{
    private readonly NaiveCron cron = new(line);
    private readonly bool follows = new NaiveCron(line).RunsEveryHour;
    private readonly bool excludes = timing.ExceptRanges.Count > 0 || days is not null;

    public bool Fires(in Tick tick, int step)
    {
        if (!follows && timing.SkippedTime == SkippedTime.Move && tick.Local > tick.Previous + step && MissesOne(tick, step))
            return true;
        var isRepeated = tick.Local <= tick.Highest;
        return (follows || !isRepeated || timing.RepeatedTime == RepeatedTime.Twice) && cron.Fits(tick.Local) && !IsExcluded(tick.Local);
    }

    /// <summary>On an ordinary tick nothing else can fire.</summary>
    public bool FitsTime(int secondOfDay) => cron.FitsTime(secondOfDay);

    private bool MissesOne(in Tick tick, int step)
    {
        for (var missing = tick.Previous + step; missing < tick.Local; missing += step)
        {
            if (cron.Fits(missing) && !IsExcluded(missing) && !IsExcluded(tick.Local))
                return true;
        }
        return false;
    }

    private bool IsExcluded(long local)
    {
        if (!excludes)
            return false;
        var time = new DateTime(local * TimeSpan.TicksPerSecond);
        return timing.ExceptRanges.Any(range => time >= range.From && time < range.To) || days?.Contains(DateOnly.FromDateTime(time)) == true;
    }
}
