namespace OpsConsole.Data.History;

/// <summary>How long attempts are kept, in days after the one on which they ended.</summary>
public sealed record HistoryRetention(int SucceededDays = 14, int FailedDays = 90, int OtherDays = 14)
{
    public int Days(RetentionClass kept) => kept switch
    {
        RetentionClass.Succeeded => SucceededDays,
        RetentionClass.Failed => FailedDays,
        _ => OtherDays,
    };

    /// <summary>When the day of an attempt is dropped; the upkeep that does it comes by every hour.</summary>
    public DateTimeOffset KeptUntil(AttemptRow attempt)
    {
        var next = DayPartition.DayOf(attempt.EndedAt).AddDays(1 + Days(attempt.Outcome.RetentionClass()));
        return new DateTimeOffset(next.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
    }
}
