using System.Diagnostics;
using OpsConsole.Bench.Circuits;

namespace OpsConsole.Bench.Pages;

/// <summary>Opens a page some times and counts; then keeps it open for a while, as a viewer does.</summary>
internal sealed class PageLook(WireTap postgres, WireTap redis, int times, TimeSpan stay)
{
    private const int WarmUp = 2;

    public int Times => times;

    /// <param name="session">Null when the page has no circuit.</param>
    public async Task<BenchRow> AtAsync(HttpClient http, CircuitSession? session, PageAddress page)
    {
        var looks = new List<(WireFigures Sql, WireFigures Redis, double Ms, long Bytes)>();
        for (var look = -WarmUp; look < times; look++)
        {
            var (sql, commands, since) = (postgres.Figures, redis.Figures, Stopwatch.GetTimestamp());
            var body = await http.GetByteArrayAsync(new Uri(page.Path, UriKind.Relative));
            var ms = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
            if (look >= 0)
                looks.Add((postgres.Figures - sql, redis.Figures - commands, ms, body.Length));
        }
        var row = new BenchRow(page.Name, new Dictionary<string, double>
        {
            ["sql"] = looks.Min(look => look.Sql.Commands),
            ["redis"] = looks.Min(look => look.Redis.Commands),
            ["redis_trips"] = looks.Min(look => look.Redis.RoundTrips),
            ["ms"] = Percentile.Of(looks.Select(look => look.Ms), 0.5),
            ["max_ms"] = looks.Max(look => look.Ms),
            ["html_kb"] = looks[^1].Bytes / 1e3,
        });
        if (session is null)
            return row;
        await using var circuit = await Circuit.OpenAsync(session, page.Path);
        foreach (var (name, value) in await StayAsync())
            row.Values[name] = value;
        return row;
    }

    /// <summary>What the console asks while nobody looks.</summary>
    public async Task<BenchRow> RestAsync() => new("(nobody looks)", await StayAsync());

    private async Task<Dictionary<string, double>> StayAsync()
    {
        // The first drawing is not yet staying.
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        var (sql, commands) = (postgres.Figures, redis.Figures);
        await Task.Delay(stay);
        return new Dictionary<string, double>
        {
            ["sql_per_s"] = (postgres.Figures - sql).Commands / stay.TotalSeconds,
            ["redis_per_s"] = (redis.Figures - commands).Commands / stay.TotalSeconds,
        };
    }
}
