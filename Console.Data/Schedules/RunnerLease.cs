namespace OpsConsole.Data.Schedules;

/// <summary>
/// The one row that says which console process runs the schedules, by the clock of the database. Each taking over counts the epoch
/// up; a fire under an older epoch changes nothing.
/// </summary>
public sealed class RunnerLease
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>Machine, process and a random part of the holder; empty when the last one has let go.</summary>
    public string Holder { get; set; } = "";

    public long Epoch { get; set; }

    public DateTimeOffset AcquiredAt { get; set; }

    public DateTimeOffset RenewedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Schedules that the holder has in memory and that have a next moment.</summary>
    public int Schedules { get; set; }

    /// <summary>When the holder's loop last came round; it may hang although the lease is renewed.</summary>
    public DateTimeOffset? TickedAt { get; set; }

    /// <summary>The clock of the database when this was read; the times above but <see cref="TickedAt"/> are by that clock. Not stored.</summary>
    public DateTimeOffset ReadAt { get; init; }
}
