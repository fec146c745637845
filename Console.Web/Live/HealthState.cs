namespace OpsConsole.Web.Live;

/// <summary>How the console's own footing is.</summary>
public sealed record HealthState(DependencyHealth Redis, DependencyHealth Database)
{
    /// <summary>From an event's moment to the pages that show it, as measured over the last events; null before the first.</summary>
    public TimeSpan? Lateness { get; init; }

    public bool IsLost => Redis.IsLost || Database.IsLost;
}

/// <summary>Something that the console needs.</summary>
/// <param name="Name">Name in a sentence.</param>
/// <param name="LastGoodAt">When it answered last, or null.</param>
/// <param name="LostSince">Since when it does not answer, or null while it does.</param>
/// <param name="Cause">What went wrong, or empty.</param>
public sealed record DependencyHealth(string Name, DateTimeOffset? LastGoodAt = null, DateTimeOffset? LostSince = null, string Cause = "")
{
    public bool IsLost => LostSince is not null;
}
