namespace OpsConsole.Web.Live;

/// <summary>How far back the Overview looks.</summary>
/// <param name="Key">In the URL.</param>
/// <param name="Title">On the switch.</param>
/// <param name="Length">From then to now.</param>
/// <param name="Step">One point of a series.</param>
/// <param name="Words">In a sentence, after "in the" or "on the".</param>
/// <param name="Before">The stretch that it is compared with.</param>
public sealed record ViewRange(string Key, string Title, TimeSpan Length, TimeSpan Step, string Words, string Before)
{
    public static readonly IReadOnlyList<ViewRange> All =
    [
        new("15m", "15 min", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(10), "last 15 minutes", "15 minutes before"),
        new("1h", "1 h", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), "last hour", "hour before"),
        new("6h", "6 h", TimeSpan.FromHours(6), TimeSpan.FromMinutes(5), "last 6 hours", "6 hours before"),
        new("24h", "24 h", TimeSpan.FromHours(24), TimeSpan.FromMinutes(15), "last 24 hours", "24 hours before"),
    ];

    public static ViewRange Default => All[0];

    /// <summary>The range of this key, or the default one for a key that is none.</summary>
    public static ViewRange Of(string? key) => All.FirstOrDefault(range => range.Key == key) ?? Default;
}
