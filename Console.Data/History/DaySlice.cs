namespace OpsConsole.Data.History;

/// <summary>A quarter of a day, UTC: as much as is searched without the <see cref="LateIndexes"/> at most.</summary>
internal readonly record struct DaySlice(DateTimeOffset From)
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(6);

    public DateTimeOffset Until => From + Length;

    /// <summary>As an index has it; a search within the slice is one of its rows.</summary>
    public string Condition => $"\"EndedAt\" >= '{From.UtcDateTime:yyyy-MM-dd HH:mm}+00' AND \"EndedAt\" < '{Until.UtcDateTime:yyyy-MM-dd HH:mm}+00'";

    public static IEnumerable<DaySlice> Of(DateOnly day)
    {
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return Enumerable.Range(0, (int)(TimeSpan.FromDays(1) / Length)).Select(i => new DaySlice(start + (i * Length)));
    }

    /// <summary>Start of the slice in which the moment before this one lies.</summary>
    public static DateTimeOffset StartBefore(DateTimeOffset at)
    {
        var ticks = at.UtcTicks - 1;
        return new DateTimeOffset(ticks - (ticks % Length.Ticks), TimeSpan.Zero);
    }

    /// <summary>Start of the day from which on days may not have all their indexes: the present one, and for some time the one before.</summary>
    public static DateTimeOffset UnfinishedSince(DateTimeOffset now) => new(now.UtcDateTime.AddHours(-2).Date, TimeSpan.Zero);
}
