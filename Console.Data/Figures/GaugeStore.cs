using Microsoft.Extensions.Options;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures;

/// <summary>What was so at a moment: how much waited, how long the oldest had waited, how many slots were busy.</summary>
/// <param name="Queue">Empty for the whole fleet.</param>
/// <param name="Depth">Jobs waiting, those held back by a limit included.</param>
/// <param name="OldestMs">How long the oldest of them has waited; 0 when none does.</param>
/// <param name="Busy">Jobs that run.</param>
/// <param name="Slots">Of the workers that serve it.</param>
public sealed record GaugeSample(string Queue, long Depth, long OldestMs, long Busy, long Slots, long Workers);

/// <summary>Gauges over a stretch of time, of samples a minute apart.</summary>
public sealed record GaugePoint(int Samples, double Depth, long DepthMax, long OldestMaxMs, double Busy, long BusyMax, double Slots, double Workers);

/// <summary>Samples of the gauges.</summary>
public sealed class GaugeStore(HistoryDatabase database, IOptions<FigureOptions> options, TimeProvider time)
{
    // The minute goes in once, whoever looked first; hour and day are added to only with it.
    private const string Write = """
        WITH taken AS (
            INSERT INTO "Gauges" SELECT 1, n.queue, $1, 1, n.depth, n.depth, n.oldest, n.busy, n.busy, n.slots, n.workers
            FROM unnest($2, $3, $4, $5, $6, $7) AS n(queue, depth, oldest, busy, slots, workers)
            ON CONFLICT DO NOTHING RETURNING *)
        INSERT INTO "Gauges" AS g
        SELECT l.grain, t."Queue", date_trunc(l.name, t."At", 'UTC'), t."Samples", t."DepthSum", t."DepthMax", t."OldestMaxMs", t."BusySum", t."BusyMax", t."SlotSum", t."WorkerSum"
        FROM taken t CROSS JOIN (VALUES (2, 'hour'), (3, 'day')) AS l(grain, name)
        ON CONFLICT ("Grain", "Queue", "At") DO UPDATE SET "Samples" = g."Samples" + 1, "DepthSum" = g."DepthSum" + excluded."DepthSum",
            "DepthMax" = greatest(g."DepthMax", excluded."DepthMax"), "OldestMaxMs" = greatest(g."OldestMaxMs", excluded."OldestMaxMs"),
            "BusySum" = g."BusySum" + excluded."BusySum", "BusyMax" = greatest(g."BusyMax", excluded."BusyMax"),
            "SlotSum" = g."SlotSum" + excluded."SlotSum", "WorkerSum" = g."WorkerSum" + excluded."WorkerSum"
        """;

    /// <summary>Stores what was seen in a minute, unless another console has stored that minute already.</summary>
    public async Task WriteAsync(DateTimeOffset at, IReadOnlyList<GaugeSample> samples, CancellationToken cancel = default)
    {
        GaugeSample[] rows = [.. samples.Select(s => s with { Queue = StoredText.Clean(s.Queue, FigureLimits.Name) })
            .DistinctBy(s => s.Queue, StringComparer.Ordinal).OrderBy(s => s.Queue, StringComparer.Ordinal).Take(FigureLimits.Queues + 1)];
        await using var command = database.Writing.CreateCommand(Write);
        command.Parameters.AddAll([
            Sql.OfTime(FigureGrain.Minute.Floor(at)), Sql.Texts(rows, r => r.Queue), Sql.Column(rows, r => r.Depth), Sql.Column(rows, r => r.OldestMs),
            Sql.Column(rows, r => r.Busy), Sql.Column(rows, r => r.Slots), Sql.Column(rows, r => r.Workers),
        ]);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Gauges between each two edges; null where nobody looked.</summary>
    /// <param name="queue">Null for the whole fleet.</param>
    public async Task<IReadOnlyList<GaugePoint?>> GetSeriesAsync(string? queue, IReadOnlyList<DateTimeOffset> edges, CancellationToken cancel = default)
    {
        var spans = FigureCover.Of(edges, options.Value, time.GetUtcNow());
        await using var command = database.Reading.CreateCommand("""
            SELECT e.i, sum(g."Samples")::int, sum(g."DepthSum")::bigint, max(g."DepthMax"), max(g."OldestMaxMs"), sum(g."BusySum")::bigint, max(g."BusyMax"), sum(g."SlotSum")::bigint, sum(g."WorkerSum")::bigint
            FROM unnest($1, $2, $3) AS s(grain, since, before)
            CROSS JOIN LATERAL (SELECT * FROM "Gauges" r WHERE r."Grain" = s.grain AND r."Queue" = $4 AND r."At" >= s.since AND r."At" < s.before OFFSET 0) g
            CROSS JOIN LATERAL (SELECT greatest(1, width_bucket(g."At", $5)) AS i) e
            GROUP BY e.i
            """);
        command.Parameters.AddAll([
            Sql.Column(spans, span => (short)span.Grain), Sql.Times(spans, span => span.From), Sql.Times(spans, span => span.Until),
            Sql.OfText(queue ?? ""), Sql.Times([.. edges.Take(edges.Count - 1)], edge => edge),
        ]);
        var points = new GaugePoint?[edges.Count - 1];
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            double samples = row.GetInt32(1);
            points[row.GetInt32(0) - 1] = new GaugePoint((int)samples, row.GetInt64(2) / samples, row.GetInt64(3), row.GetInt64(4), row.GetInt64(5) / samples, row.GetInt64(6), row.GetInt64(7) / samples, row.GetInt64(8) / samples);
        }
        return points;
    }
}
