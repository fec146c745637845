using System.Globalization;

namespace OpsConsole.Data.History;

/// <summary>
/// Attempts whose end lies far from now: the clock of Redis is or was wrong. They would make a table for each day that such a clock
/// names, and nobody would find them; they are left out, and the gap that this makes is recorded.
/// </summary>
public static class StrayTimes
{
    public const int DaysBack = 400;
    public const int DaysAhead = 31;

    /// <summary>What the gap says. Such gaps follow each other with every batch until the clock is right, and are stored as one.</summary>
    public const string Why = "The times of these attempts lie more than 400 days back or 31 days ahead, so they were left out. Set the clock of the Redis server.";

    public static HistoryBatch LeaveOut(HistoryBatch batch, DateTimeOffset now)
    {
        var (from, until) = (now.AddDays(-DaysBack), now.AddDays(DaysAhead));
        AttemptRow[] strays = [.. batch.Attempts.Where(row => row.EndedAt < from || row.EndedAt > until)];
        if (strays.Length == 0)
            return batch;
        return batch with
        {
            Attempts = [.. batch.Attempts.Where(row => row.EndedAt >= from && row.EndedAt <= until)],
            Arrivals = [.. batch.Arrivals.Where(row => row.Minute >= from && row.Minute <= until)],
            HostStarts = [.. batch.HostStarts.Where(row => row.At >= from && row.At <= until)],
            Gap = Widen(batch.Gap, Gap(strays)),
        };
    }

    private static HistoryGap Gap(AttemptRow[] strays) => new(Position(strays[0]), strays[0].EndedAt, Position(strays[^1]), strays[^1].EndedAt, Why);

    private static HistoryGap Widen(HistoryGap? trimmed, HistoryGap stray) =>
        trimmed is null ? stray : stray with { From = trimmed.From, FromAt = trimmed.FromAt, Why = $"{trimmed.Why} {stray.Why}" };

    private static string Position(AttemptRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.EndedAt.ToUnixTimeMilliseconds()}-{row.Sequence}");
}
