namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>Counts the runs of a range into cells, within a bound on the work: what runs too often for the range is named instead of counted.</summary>
public static class RunCounter
{
    /// <summary>Moments that are computed for one range, over all timings.</summary>
    public const int MostMoments = 400_000;

    /// <summary>Moments of one timing; a range in which it has more does not show it.</summary>
    public const int MostOfOne = 10_000;

    // Every timing gets this many first, so that one that runs each second takes nothing away from the daily ones.
    private const int FirstShare = 300;

    /// <param name="cellOf">The cell of a moment; negative for none.</param>
    public static RunCounts Count(Outlook outlook, DateTimeOffset from, DateTimeOffset to, int cells, Func<DateTimeOffset, int> cellOf, CancellationToken cancel = default)
    {
        var counts = new long[cells];
        var often = new List<OutlookGroup>();
        var left = MostMoments;
        if (from >= to)
            return new RunCounts(counts, []);
        foreach (var group in outlook.Groups)
        {
            cancel.ThrowIfCancellationRequested();
            if (!Add(group, FirstShare)) often.Add(group);
        }
        var leftOut = new List<OutlookGroup>();
        foreach (var group in often)
        {
            cancel.ThrowIfCancellationRequested();
            if (!Add(group, MostOfOne)) leftOut.Add(group);
        }
        return new RunCounts(counts, leftOut);

        bool Add(OutlookGroup group, int most)
        {
            var moments = group.Timetable.Between(from, to, Math.Min(most, Math.Max(left, 0)) + 1);
            left -= moments.Count;
            if (moments.Count > most || left < 0) return false;
            foreach (var moment in moments)
            {
                if (cellOf(moment.NominalAt) is >= 0 and var cell) counts[cell] += group.Count;
            }
            return true;
        }
    }
}

/// <param name="Counts">Runs of each cell.</param>
/// <param name="TooOften">Timings that have too many moments in the range, and are in none of the counts.</param>
public sealed record RunCounts(IReadOnlyList<long> Counts, IReadOnlyList<OutlookGroup> TooOften);
