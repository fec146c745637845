namespace OpsConsole.Data.History;

/// <summary>The right to store events, until another process takes it.</summary>
/// <param name="Epoch">Counted up with each taking over; writes under an older one change nothing.</param>
/// <param name="Position">Of the last event that is stored; <c>0-0</c> when none ever was.</param>
public sealed record HistoryTerm(long Epoch, string Position);

/// <summary>Who stores the events, and how far it is. Times are by the clock of the database but <see cref="PositionAt"/>.</summary>
/// <param name="Holder">Machine, process and a random part; empty when the last one has let go.</param>
/// <param name="Epoch">0 when nobody ever has.</param>
/// <param name="Position">Of the last event that is stored.</param>
/// <param name="PositionAt">When that event happened, by the clock of Redis; null when none was stored yet.</param>
/// <param name="StoredAt">When it was stored.</param>
/// <param name="RenewedAt">When the holder was last heard of.</param>
/// <param name="ExpiresAt">Until then nobody else takes over.</param>
/// <param name="Events">Stored since the table was made.</param>
/// <param name="Lag">How far the holder was behind the stream when it was last heard of.</param>
/// <param name="ReadAt">Now.</param>
public sealed record HistoryState(
    string Holder,
    long Epoch,
    string Position,
    DateTimeOffset? PositionAt,
    DateTimeOffset? StoredAt,
    DateTimeOffset RenewedAt,
    DateTimeOffset ExpiresAt,
    long Events,
    TimeSpan Lag,
    DateTimeOffset ReadAt)
{
    /// <summary>Whether a process stores events now, as far as can be known.</summary>
    public bool IsHeld => Holder.Length > 0 && ExpiresAt >= ReadAt;
}

/// <summary>What became of a batch.</summary>
public enum HistoryWrite
{
    Stored,
    /// <summary>
    /// Nothing was written: the lease is somebody else's, or the stored position is not the one that the last write left behind (an
    /// answer of the database was lost, or the database lost what it had promised to keep). Take the lease anew and begin at its position.
    /// </summary>
    Fenced,
}
