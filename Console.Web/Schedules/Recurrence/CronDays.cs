using System.Numerics;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>The days that a cron line names. When both day fields are restricted, a day that fits either of them runs.</summary>
internal sealed class CronDays
{
    // Seven bits, repeated over more than a month.
    private const ulong EveryWeek = 1UL | 1UL << 7 | 1UL << 14 | 1UL << 21 | 1UL << 28 | 1UL << 35;
    private const int Cycle = 400;

    private readonly uint months;
    private readonly uint daysOfMonth;
    private readonly uint daysOfWeek;
    private readonly bool anyDayOfMonth;
    private readonly bool anyDayOfWeek;
    private readonly CronTerm[] special;

    public CronDays(CronSyntax syntax)
    {
        months = (uint)syntax.Months.Mask;
        daysOfMonth = (uint)syntax.DaysOfMonth.Mask;
        daysOfWeek = (uint)syntax.DaysOfWeek.Mask;
        anyDayOfMonth = syntax.DaysOfMonth.IsEvery;
        anyDayOfWeek = syntax.DaysOfWeek.IsEvery;
        special = [.. syntax.DaysOfMonth.Terms.Concat(syntax.DaysOfWeek.Terms).Where(term => term.DependsOnMonth)];
    }

    /// <summary>False for the 31st of February. The calendar repeats itself after 400 years, so that much is looked through.</summary>
    public bool Exist() => TryFind(2000, 1, 1, 2000 + Cycle, out _);

    public bool Contains(int year, int month, int day) => (months >> month & 1) != 0 && (In(year, month) >> day & 1) != 0;

    /// <summary>The first such day from the given one on, before a year.</summary>
    public bool TryFind(int year, int month, int day, int beforeYear, out DateTime date)
    {
        for (; year < beforeYear; year++, month = 1, day = 1)
        {
            for (; month <= 12; month++, day = 1)
            {
                var found = (months >> month & 1) == 0 ? 0 : In(year, month) & uint.MaxValue << day;
                if (day <= 31 && found != 0)
                {
                    date = new DateTime(year, month, BitOperations.TrailingZeroCount(found));
                    return true;
                }
            }
        }
        date = default;
        return false;
    }

    /// <summary>The days of a month as bits 1 to 31.</summary>
    private uint In(int year, int month)
    {
        var length = DateTime.DaysInMonth(year, month);
        var all = (uint)((1UL << length + 1) - 2);
        if (anyDayOfMonth && anyDayOfWeek)
            return all;
        var found = anyDayOfMonth ? 0 : daysOfMonth;
        var first = anyDayOfWeek && special.Length == 0 ? 0 : (int)new DateTime(year, month, 1).DayOfWeek;
        if (!anyDayOfWeek)
            found |= (uint)(daysOfWeek * EveryWeek >> first << 1);
        foreach (var term in special)
            found |= CronMonthDay.Of(term, first, length);
        return found & all;
    }
}
