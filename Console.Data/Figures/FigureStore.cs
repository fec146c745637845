using Microsoft.Extensions.Options;
using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures;

/// <summary>
/// Reads the figures. Edges are rounded up to full minutes, or, where those are no longer kept, to full hours or UTC days; the running
/// minute counts. What is added up is bounded by the length of the range, not by how many attempts are in it.
/// </summary>
public sealed partial class FigureStore(HistoryDatabase database, IOptions<FigureOptions> options, TimeProvider time)
{
    private const string Where = """
        FROM unnest($1, $2, $3) AS s(grain, since, before)
        CROSS JOIN LATERAL (
            SELECT * FROM "Figures" r
            WHERE r."Grain" = s.grain AND r."Facet" = $4 AND r."At" >= s.since AND r."At" < s.before
                AND ($5::text IS NULL OR r."Type" = $5) AND ($6::text IS NULL OR r."Queue" = $6) AND ($7::text IS NULL OR r."Host" = $7)
            OFFSET 0) r
        """;

    /// <summary>What ended from one moment up to another.</summary>
    public async Task<FigureTotals> GetTotalAsync(FigureFilter filter, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel = default) =>
        (await GetSeriesAsync(filter, [from, until], cancel))[0];

    /// <summary>What ended between each two edges, which stand in order; one less than there are edges.</summary>
    public async Task<IReadOnlyList<FigureTotals>> GetSeriesAsync(FigureFilter filter, IReadOnlyList<DateTimeOffset> edges, CancellationToken cancel = default)
    {
        if (edges.Count is < 2 or > FigureLimits.Points + 1)
            throw new ArgumentException($"A series has 1 to {FigureLimits.Points} points, not {edges.Count - 1}. Take longer steps.", nameof(edges));
        var points = new FigureTotals[edges.Count - 1];
        for (var i = 0; i < points.Length; i++)
            points[i] = new FigureTotals();
        await using var command = Command($"""SELECT r."At", {FigureSql.Counts}, {FigureSql.Histograms} {Where}""", filter, filter.Facet, edges);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            FigureSql.AddTo(points[PointOf(edges, row.GetTime(0))], row, 1, hasHistograms: true);
        return points;
    }

    /// <summary>What each type, queue or host came to, those first of which most ended.</summary>
    /// <param name="by">Type, queue or host.</param>
    public async Task<IReadOnlyList<NamedFigures>> GetByAsync(
        FigureFacet by, FigureFilter filter, DateTimeOffset from, DateTimeOffset until, int limit = FigureLimits.Rows, CancellationToken cancel = default)
    {
        var column = ColumnOf(by);
        var totals = new Dictionary<string, FigureTotals>(StringComparer.Ordinal);
        await using var command = Command($"SELECT {column}, {FigureSql.Counts}, {FigureSql.Histograms} {Where}", filter, filter.FacetBy(by), [from, until]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var name = row.GetString(0);
            if (!totals.TryGetValue(name, out var sum))
                totals[name] = sum = new FigureTotals();
            FigureSql.AddTo(sum, row, 1, hasHistograms: true);
        }
        return [.. totals.Select(pair => new NamedFigures(pair.Key, pair.Value))
            .OrderByDescending(named => named.Totals.Ended).ThenBy(named => named.Name, StringComparer.Ordinal).Take(Math.Clamp(limit, 1, FigureLimits.Rows))];
    }

    /// <summary>Since when anything is known: the begin of the oldest minute, or of the oldest hour or day where shorter ones are no longer kept. Null when nothing is.</summary>
    public async Task<DateTimeOffset?> GetKnownSinceAsync(CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand("""
            SELECT coalesce(
                (SELECT min(m."At") FROM "Figures" m WHERE m."Grain" = 1 AND m."Facet" = 0 AND m."At" >= h.first AND m."At" < h.first + interval '1 hour'), h.first, d.first)
            FROM (SELECT min("At") AS first FROM "Figures" WHERE "Grain" = 3 AND "Facet" = 0) d
            CROSS JOIN LATERAL (
                SELECT min(h."At") AS first FROM "Figures" h WHERE h."Grain" = 2 AND h."Facet" = 0 AND h."At" >= d.first AND h."At" < d.first + interval '1 day') h
            """);
        return await command.ExecuteScalarAsync(cancel) is DateTime first ? new DateTimeOffset(first) : null;
    }

    private NpgsqlCommand Command(string text, FigureFilter filter, FigureFacet facet, IReadOnlyList<DateTimeOffset> edges) =>
        Command(text, filter, facet, FigureCover.Of(edges, options.Value, time.GetUtcNow()));

    private NpgsqlCommand Command(string text, FigureFilter filter, FigureFacet facet, IReadOnlyList<FigureSpan> spans)
    {
        var command = database.Reading.CreateCommand(text);
        command.Parameters.AddAll([
            Sql.Column(spans, span => (short)span.Grain), Sql.Times(spans, span => span.From), Sql.Times(spans, span => span.Until), Sql.Of((short)facet),
            Sql.OfText(filter.Type), Sql.OfText(filter.Queue), Sql.OfText(filter.Host),
        ]);
        return command;
    }

    /// <summary>The stretch that a row begins in.</summary>
    private static int PointOf(IReadOnlyList<DateTimeOffset> edges, DateTimeOffset at)
    {
        int low = 0, high = edges.Count - 2;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (edges[middle] <= at)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private static string ColumnOf(FigureFacet by) => by switch
    {
        FigureFacet.Type => "r.\"Type\"",
        FigureFacet.Queue => "r.\"Queue\"",
        FigureFacet.Host => "r.\"Host\"",
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "Figures are listed by type, queue or host."),
    };
}
