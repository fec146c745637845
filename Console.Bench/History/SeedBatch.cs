using System.Globalization;
using OpsConsole.Data.History;

namespace OpsConsole.Bench.History;

/// <summary>Which version each host ran when it was last seen.</summary>
internal sealed class SeedHosts
{
    private readonly Dictionary<string, string> _versions = [];

    public bool IsNew(AttemptRow row) => !_versions.TryGetValue(row.Host, out var version) || version != row.Version;

    public void See(AttemptRow row) => _versions[row.Host] = row.Version;
}

/// <summary>Makes of attempts what the ingestion makes of their events.</summary>
internal static class SeedBatch
{
    // A job that runs once leaves three: enqueued, processing and its end.
    private const int EventsPerAttempt = 3;

    public static HistoryBatch Of(AttemptRow[] rows, SeedHosts hosts)
    {
        var starts = new List<HostStart>();
        var arrivals = new Dictionary<(DateTimeOffset, string, string), int>();
        foreach (var row in rows)
        {
            if (hosts.IsNew(row))
                starts.Add(new HostStart(row.StartedAt!.Value, row.Host, row.Version));
            hosts.See(row);
            var key = (Minute(row.EnqueuedAt!.Value), row.Type, row.Queue);
            arrivals[key] = arrivals.GetValueOrDefault(key) + 1;
        }
        return new HistoryBatch
        {
            Position = string.Create(CultureInfo.InvariantCulture, $"{rows[^1].EndedAt.ToUnixTimeMilliseconds()}-{rows[^1].Sequence}"),
            PositionAt = rows[^1].EndedAt,
            Events = rows.Length * EventsPerAttempt,
            Attempts = rows,
            Arrivals = [.. arrivals.Select(arrival => new Arrivals(arrival.Key.Item1, arrival.Key.Item2, arrival.Key.Item3, arrival.Value))],
            HostStarts = starts,
        };
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
