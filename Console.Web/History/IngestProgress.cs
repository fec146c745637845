namespace OpsConsole.Web.History;

/// <summary>How far this process is, and how far behind.</summary>
/// <param name="redisNow">Now, by the clock of Redis.</param>
internal sealed class IngestProgress(Func<DateTimeOffset> redisNow, string position)
{
    private readonly Lock _gate = new();
    private DateTimeOffset? _oldest;
    private string _position = position;

    /// <summary>Position of the last event that is stored.</summary>
    public string Position
    {
        get
        {
            lock (_gate)
                return _position;
        }
    }

    /// <summary>Age of the oldest event that has been read and is not stored.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (_gate)
                return _oldest is { } oldest && redisNow() - oldest is { Ticks: > 0 } lag ? lag : TimeSpan.Zero;
        }
    }

    /// <summary>An event came out of the stream.</summary>
    public void Read(DateTimeOffset firstAt)
    {
        lock (_gate)
            _oldest ??= firstAt;
    }

    public void Writing(DateTimeOffset firstAt)
    {
        lock (_gate)
            _oldest = firstAt;
    }

    public void Stored(string position, DateTimeOffset? oldestWaiting)
    {
        lock (_gate)
            (_position, _oldest) = (position, oldestWaiting);
    }
}
