using Npgsql;

namespace OpsConsole.Data.Figures;

public sealed partial class FigureStore
{
    /// <summary>
    /// What ended by weekday and hour of a zone's clock, without histograms. It is made of hours of UTC: where clocks differ from them by
    /// half an hour, each counts into the hour that it begins in.
    /// </summary>
    public async Task<WeekFigures> GetWeekAsync(FigureFilter filter, DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone, CancellationToken cancel = default)
    {
        var week = new WeekFigures();
        FigureSpan[] hours = [new(FigureGrain.Hour, FigureGrain.Hour.Ceiling(from), FigureGrain.Hour.Ceiling(until))];
        await using var command = Command($"""SELECT r."At", {FigureSql.Counts} {Where}""", filter, filter.Facet, hours);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var local = TimeZoneInfo.ConvertTime(row.GetTime(0), zone);
            FigureSql.AddTo(week[local.DayOfWeek, local.Hour], row, 1, hasHistograms: false);
        }
        return week;
    }

    /// <summary>Names that anything ended or arrived under on the days of this stretch, in their order.</summary>
    public async Task<FigureNames> GetNamesAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand("""
            SELECT DISTINCT "Facet", "Type" || "Queue" || "Host" AS name FROM "Figures"
            WHERE "Grain" = 3 AND "Facet" IN (1, 2, 3) AND "At" >= $1 AND "At" < $2 AND ("Type" <> '' OR "Queue" <> '' OR "Host" <> '') ORDER BY 1, 2 LIMIT $3
            """);
        command.Parameters.AddAll([Sql.OfTime(FigureGrain.Day.Floor(from)), Sql.OfTime(until), Sql.Of(3 * FigureLimits.Rows)]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var names = new List<(FigureFacet Facet, string Name)>();
        while (await row.ReadAsync(cancel))
            names.Add(((FigureFacet)row.GetInt16(0), row.GetString(1)));
        return new FigureNames(Of(FigureFacet.Type), Of(FigureFacet.Queue), Of(FigureFacet.Host));

        List<string> Of(FigureFacet facet) => [.. names.Where(one => one.Facet == facet).Select(one => one.Name).Order(StringComparer.OrdinalIgnoreCase).Take(FigureLimits.Rows)];
    }

    /// <summary>
    /// Versions that were first seen in this stretch, the newest first. What was there when anything was first known is none: nobody saw it come.
    /// </summary>
    /// <param name="host">Only on this one; null for the first of all hosts.</param>
    public async Task<IReadOnlyList<Deploy>> GetDeploysAsync(DateTimeOffset from, DateTimeOffset until, string? host = null, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand("""
            SELECT v.at, v."Version", v.hosts, v.host, v.change FROM (
                SELECT "Version", min("FirstAt") AS at, count(*)::int AS hosts, (array_agg("Host" ORDER BY "FirstAt", "Host"))[1] AS host,
                    bool_or("FirstAt" > born) AS change, min(beginning) AS beginning
                FROM (SELECT *, min("FirstAt") OVER (PARTITION BY "Host") AS born, min("FirstAt") OVER () AS beginning
                    FROM "HostVersions" WHERE $3::text IS NULL OR "Host" = $3) h
                GROUP BY "Version") v
            WHERE v.at >= $1 AND v.at < $2 AND v.at > v.beginning ORDER BY v.at DESC, v."Version" LIMIT $4
            """);
        command.Parameters.AddAll([Sql.OfTime(from), Sql.OfTime(until), Sql.OfText(host), Sql.Of(FigureLimits.Deploys)]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var deploys = new List<Deploy>();
        while (await row.ReadAsync(cancel))
            deploys.Add(new Deploy(row.GetTime(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetBoolean(4)));
        return deploys;
    }

    /// <summary>Removes rows of one length that are no longer kept.</summary>
    /// <returns>How many; as many as the limit means that there may be more.</returns>
    public async Task<int> PruneAsync(FigureGrain grain, int limit, CancellationToken cancel = default)
    {
        // A whole day more than is promised, so that no row of a day goes before the next longer one is read in its place.
        var before = FigureGrain.Day.Floor(time.GetUtcNow().AddDays(-options.Value.KeptDays(grain)));
        var removed = 0;
        foreach (var table in (string[])["Figures", "Gauges"])
            removed = Math.Max(removed, await PruneAsync(table, grain, before, limit, cancel));
        return removed;
    }

    private async Task<int> PruneAsync(string table, FigureGrain grain, DateTimeOffset before, int limit, CancellationToken cancel)
    {
        // Rows are named by table and place, for a table of partitions has one place many times.
        await using var command = database.Writing.CreateCommand($"""
            DELETE FROM "{table}" f USING (SELECT tableoid, ctid FROM "{table}" WHERE "Grain" = $1 AND "At" < $2 LIMIT $3) old
            WHERE f."Grain" = $1 AND f.tableoid = old.tableoid AND f.ctid = old.ctid
            """);
        command.Parameters.AddAll([Sql.Of((short)grain), Sql.OfTime(before), Sql.Of(limit)]);
        return await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>Names that figures can be narrowed down to.</summary>
public sealed record FigureNames(IReadOnlyList<string> Types, IReadOnlyList<string> Queues, IReadOnlyList<string> Hosts)
{
    public static readonly FigureNames None = new([], [], []);
}

/// <summary>What ended by weekday and hour.</summary>
public sealed class WeekFigures
{
    private readonly FigureTotals[] _hours = new FigureTotals[7 * 24];

    public WeekFigures()
    {
        for (var i = 0; i < _hours.Length; i++)
            _hours[i] = new FigureTotals();
    }

    public FigureTotals this[DayOfWeek day, int hour] => _hours[((int)day * 24) + hour];
}
