namespace OpsConsole.Data.History.Search.Statements;

/// <summary>A span of the history that one statement looks at.</summary>
/// <param name="From">Included; null for all that is there.</param>
/// <param name="Before">Not included; null for the newest.</param>
internal sealed record SearchWindow(DateTimeOffset? From, AttemptKey? Before)
{
    private const int Few = 4;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(60);

    /// <summary>
    /// Windows from newer to older ones: the parts of the day that is being written, then days, each time twice as many, though few at a time
    /// as long as there are many attempts: all that a window finds is read before the newest of it are known. They end with the tables and
    /// their indexes.
    /// </summary>
    public static IEnumerable<SearchWindow> Over(DateTimeOffset from, AttemptKey? before, DateTimeOffset now)
    {
        var end = before?.EndedAt < now ? before.Value.EndedAt : now;
        var unfinished = DaySlice.UnfinishedSince(now);
        var start = end > unfinished ? DaySlice.StartBefore(end) : DayBefore(end);
        for (var days = 1; start > from;)
        {
            yield return new(start, before);
            before = new(start, 0);
            if (start > unfinished) start = DaySlice.StartBefore(start);
            else (start, days) = (start.Ticks / TimeSpan.TicksPerDay > days ? start.AddDays(-days) : DateTimeOffset.MinValue, days < Few || start < now - Recent ? days * 2 : days);
        }
        yield return new(from, before);
    }

    /// <summary>Start of the day in which the moment before this one lies.</summary>
    private static DateTimeOffset DayBefore(DateTimeOffset at)
    {
        var ticks = at.UtcTicks - 1;
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerDay), TimeSpan.Zero);
    }
}
