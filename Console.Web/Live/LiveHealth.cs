namespace OpsConsole.Web.Live;

/// <summary>Whether Redis and the database answer, and how late the pages are. Told by whoever talks to them.</summary>
public sealed class LiveHealth(TimeProvider time)
    : LiveBoard<HealthState>(new HealthState(new DependencyHealth("Redis"), new DependencyHealth("The database")), time)
{
    private static readonly TimeSpan LatenessEvery = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time = time;
    private readonly Lock _gate = new();
    private DateTimeOffset _latenessShownAt;
    private double _latenessMs;

    public void RedisAnswered() => Change(state => state with { Redis = Answered(state.Redis) });

    public void RedisFailed(string cause) => Change(state => state with { Redis = Failed(state.Redis, cause) });

    public void DatabaseAnswered() => Change(state => state with { Database = Answered(state.Database) });

    public void DatabaseFailed(string cause) => Change(state => state with { Database = Failed(state.Database, cause) });

    /// <summary>Takes one measurement; what is shown is smoothed and changes at most once a second.</summary>
    public void Measured(TimeSpan lateness)
    {
        var milliseconds = Math.Max(0, lateness.TotalMilliseconds);
        _latenessMs = _latenessMs == 0 ? milliseconds : _latenessMs + ((milliseconds - _latenessMs) / 8);
        if (_time.GetUtcNow() - _latenessShownAt < LatenessEvery)
            return;
        _latenessShownAt = _time.GetUtcNow();
        Change(state => state with { Lateness = TimeSpan.FromMilliseconds(_latenessMs) });
    }

    private DependencyHealth Answered(DependencyHealth of) => of with { LastGoodAt = _time.GetUtcNow(), LostSince = null, Cause = "" };

    private DependencyHealth Failed(DependencyHealth of, string cause) => of with { LostSince = of.LostSince ?? _time.GetUtcNow(), Cause = cause };

    private void Change(Func<HealthState, HealthState> change)
    {
        lock (_gate)
        {
            var before = Current;
            var after = change(before);
            // The time of the last good answer alone is no news: pages need it only when answers stop.
            if (IsNews(before, after))
                Publish(after);
            else
                Replace(after);
        }
    }

    private static bool IsNews(HealthState before, HealthState after) =>
        before.Lateness != after.Lateness
        || before.Redis.LostSince != after.Redis.LostSince || before.Redis.Cause != after.Redis.Cause
        || before.Database.LostSince != after.Database.LostSince || before.Database.Cause != after.Database.Cause
        || before.Redis.LastGoodAt is null != after.Redis.LastGoodAt is null;
}
