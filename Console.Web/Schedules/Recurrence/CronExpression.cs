using System.Numerics;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>A cron line ready to be asked. It knows wall-clock time only; zones are the concern of <see cref="Timetable"/>.</summary>
public sealed class CronExpression
{
    /// <summary>No line is looked up beyond; the calendar of .NET ends soon after.</summary>
    internal const int EndYear = 9_990;

    internal const long Never = long.MaxValue;

    private readonly ulong seconds;
    private readonly ulong minutes;
    private readonly uint hours;
    private readonly CronDays days;

    private CronExpression(string text, CronSyntax syntax)
    {
        Text = text;
        seconds = syntax.Seconds.Mask;
        minutes = syntax.Minutes.Mask;
        hours = (uint)syntax.Hours.Mask;
        days = new CronDays(syntax);
        FirstTime = TimeOf(BitOperations.TrailingZeroCount(hours), BitOperations.TrailingZeroCount(minutes), BitOperations.TrailingZeroCount(seconds));
    }

    public string Text { get; }

    /// <summary>True when every hour of the day fits. Such a line follows the clock on the wall through its changes: nothing is moved and nothing left out.</summary>
    public bool RunsEveryHour => hours == 0xFF_FFFF;

    /// <summary>On an ordinary day no two moments are nearer to each other.</summary>
    internal TimeSpan ShortestDistance =>
        BitOperations.PopCount(seconds) > 1 ? TimeSpan.FromSeconds(1)
        : BitOperations.PopCount(minutes) > 1 ? TimeSpan.FromMinutes(1)
        : BitOperations.PopCount(hours) > 1 ? TimeSpan.FromHours(1)
        : TimeSpan.FromDays(1);

    private long FirstTime { get; }

    public static CronParse Parse(string text)
    {
        if (CronReader.Read(text, out var fault) is not { } syntax)
            return new CronParse(null, fault);
        var expression = new CronExpression(text, syntax);
        return expression.days.Exist() ? new CronParse(expression, null) : new CronParse(null, CronWords.NeverRuns(syntax));
    }

    /// <summary>The first local moment that fits, from the given one on, both in ticks; <see cref="Never"/> when there is none.</summary>
    internal long NextLocal(long from)
    {
        var second = (from + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
        var start = new DateTime(second * TimeSpan.TicksPerSecond);
        var (year, month, day) = start;
        if (year >= EndYear)
            return Never;
        if (days.Contains(year, month, day) && NextTime((int)(second % 86_400)) is >= 0 and var time)
            return start.Date.Ticks + time;
        return days.TryFind(year, month, day + 1, EndYear, out var date) ? date.Ticks + FirstTime : Never;
    }

    /// <summary>Ticks since midnight of the first time from a second of the day on, or -1 when the day has none left.</summary>
    private long NextTime(int secondOfDay)
    {
        var hour = secondOfDay / 3_600;
        var minute = secondOfDay / 60 % 60;
        if ((hours >> hour & 1) != 0)
        {
            if ((minutes >> minute & 1) != 0 && At(seconds, secondOfDay % 60) is < 64 and var second)
                return TimeOf(hour, minute, second);
            if (At(minutes, minute + 1) is < 64 and var nextMinute)
                return TimeOf(hour, nextMinute, BitOperations.TrailingZeroCount(seconds));
        }
        return At(hours, hour + 1) is < 64 and var nextHour
            ? FirstTime + (nextHour - BitOperations.TrailingZeroCount(hours)) * TimeSpan.TicksPerHour
            : -1;
    }

    /// <summary>The first bit from one on; 64 when there is none.</summary>
    private static int At(ulong mask, int from) => BitOperations.TrailingZeroCount(mask & ulong.MaxValue << from);

    private static long TimeOf(int hour, int minute, int second) =>
        hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute + second * TimeSpan.TicksPerSecond;
}
