using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>Failed attempts per job type, to tell an unusual number from the usual one. Bounded to 500 types.</summary>
public sealed class TypeFailures
{
    private const int MaxTypes = 500;
    private const int RecentMinutes = 5;
    private const int UsualMinutes = 55;
    private const int FewestFailures = 10;
    private const double UnusualFactor = 4;
    private readonly Dictionary<string, Entry> _types = new(StringComparer.Ordinal);

    private sealed class Entry
    {
        public RateRing Minutes { get; } = new(60, 64);
        public string Error { get; set; } = "";
    }

    /// <summary>Many failures of one type.</summary>
    /// <param name="Type">Type as events name it.</param>
    /// <param name="Error">Exception type of the newest one.</param>
    /// <param name="Failed">Failed attempts in the last five minutes.</param>
    /// <param name="Ended">All attempts that ended in them.</param>
    /// <param name="TimesUsual">How many times the rate of the 55 minutes before, or null when they had none.</param>
    public sealed record Spike(string Type, string Error, int Failed, int Ended, double? TimesUsual);

    public void Apply(JobEvent e)
    {
        var failed = IsFailedAttempt(e.Kind) ? 1 : 0;
        if ((failed == 0 && e.Kind != JobEventKinds.Succeeded) || e.Type.Length == 0)
            return;
        if (!_types.TryGetValue(e.Type, out var entry))
        {
            if (_types.Count == MaxTypes)
                return;
            _types[e.Type] = entry = new Entry();
        }
        entry.Minutes.Add(e.At, failed, 1);
        if (failed == 1 && e.Text("error") is { } error)
            entry.Error = error;
    }

    public static bool IsFailedAttempt(string kind) =>
        kind is JobEventKinds.Retrying or JobEventKinds.Failed or JobEventKinds.Quarantined;

    public IReadOnlyList<Spike> Spikes(DateTimeOffset now) =>
        [.. _types.Select(pair => SpikeOf(pair.Key, pair.Value, now)).OfType<Spike>().OrderByDescending(spike => spike.Failed).Take(20)];

    private static Spike? SpikeOf(string type, Entry entry, DateTimeOffset now)
    {
        var (failed, ended) = entry.Minutes.Last(now, RecentMinutes);
        if (failed < FewestFailures)
            return null;
        var (usual, before) = entry.Minutes.Last(now, UsualMinutes, RecentMinutes);
        // Without a past there is no "usual": then only a type that fails more often than it succeeds is unusual.
        if (before == 0 || usual == 0)
            return failed * 2 >= ended ? new Spike(type, entry.Error, failed, ended, null) : null;
        var times = failed / (double)ended / (usual / (double)before);
        return times >= UnusualFactor ? new Spike(type, entry.Error, failed, ended, times) : null;
    }
}
