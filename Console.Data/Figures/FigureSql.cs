using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures;

/// <summary>Rows of the figures on their way to and from the database.</summary>
internal static class FigureSql
{
    /// <summary>What all reads select, after "r.": see <see cref="AddTo"/>.</summary>
    public const string Counts = """
        r."Arrived", r."Succeeded", r."Retrying", r."Failed", r."Quarantined", r."Lost", r."Deleted", r."Returned", r."WaitMs", r."RunMs"
        """;

    public const string Histograms = """r."Waits", r."SucceededRuns", r."FailedRuns" """;

    private const int CountColumns = 10;

    // The subquery keeps the planner at one look into the index for each bucket and facet, whatever it believes the table to hold.
    public const string Load = $"""
        SELECT r."Grain", r."At", r."Facet", r."Type", r."Queue", r."Host", {Counts}, {Histograms}
        FROM unnest($1, $2) AS b(grain, at) CROSS JOIN generate_series(0, 4) AS f(facet)
        CROSS JOIN LATERAL (SELECT * FROM "Figures" r WHERE r."Grain" = b.grain AND r."Facet" = f.facet AND r."At" = b.at OFFSET 0) r
        """;

    private const string Write = """
        INSERT INTO "Figures" (
            "Grain", "At", "Facet", "Type", "Queue", "Host", "Arrived", "Succeeded", "Retrying", "Failed", "Quarantined", "Lost", "Deleted", "Returned",
            "WaitMs", "RunMs", "Waits", "SucceededRuns", "FailedRuns")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        ON CONFLICT ("Grain", "Facet", "At", "Type", "Queue", "Host") DO UPDATE SET
            "Arrived" = excluded."Arrived", "Succeeded" = excluded."Succeeded", "Retrying" = excluded."Retrying", "Failed" = excluded."Failed",
            "Quarantined" = excluded."Quarantined", "Lost" = excluded."Lost", "Deleted" = excluded."Deleted", "Returned" = excluded."Returned",
            "WaitMs" = excluded."WaitMs", "RunMs" = excluded."RunMs",
            "Waits" = excluded."Waits", "SucceededRuns" = excluded."SucceededRuns", "FailedRuns" = excluded."FailedRuns"
        """;

    /// <summary>Writes rows with what they come to.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<FigureRow> rows, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Write, connection, transaction);
        command.Parameters.AddAll([
            Sql.Column(rows, r => (short)r.Grain), Sql.Times(rows, r => r.At), Sql.Column(rows, r => (short)r.Key.Facet),
            Sql.Texts(rows, r => r.Key.Type), Sql.Texts(rows, r => r.Key.Queue), Sql.Texts(rows, r => r.Key.Host),
            Sql.Column(rows, r => r.Totals.Arrived),
            Of(rows, AttemptOutcome.Succeeded), Of(rows, AttemptOutcome.Retrying), Of(rows, AttemptOutcome.Failed), Of(rows, AttemptOutcome.Quarantined),
            Of(rows, AttemptOutcome.Lost), Of(rows, AttemptOutcome.Deleted), Of(rows, AttemptOutcome.Returned),
            Sql.Column(rows, r => r.Totals.WaitMs), Sql.Column(rows, r => r.Totals.RunMs),
            Sql.Column(rows, r => r.Totals.Waits.ToBytes()), Sql.Column(rows, r => r.Totals.SucceededRuns.ToBytes()), Sql.Column(rows, r => r.Totals.FailedRuns.ToBytes()),
        ]);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Adds <see cref="Counts"/>, and <see cref="Histograms"/> when they follow, beginning with a column.</summary>
    public static void AddTo(FigureTotals totals, NpgsqlDataReader row, int column, bool hasHistograms)
    {
        totals.Arrived += row.GetInt64(column);
        for (var outcome = AttemptOutcome.Succeeded; outcome <= AttemptOutcome.Returned; outcome++)
            totals.Add(outcome, row.GetInt64(column + (int)outcome));
        totals.WaitMs += row.GetInt64(column + CountColumns - 2);
        totals.RunMs += row.GetInt64(column + CountColumns - 1);
        if (!hasHistograms)
            return;
        totals.Waits.AddBytes(row.GetFieldValue<byte[]>(column + CountColumns));
        totals.SucceededRuns.AddBytes(row.GetFieldValue<byte[]>(column + CountColumns + 1));
        totals.FailedRuns.AddBytes(row.GetFieldValue<byte[]>(column + CountColumns + 2));
    }

    private static NpgsqlParameter Of(IReadOnlyList<FigureRow> rows, AttemptOutcome outcome) => Sql.Column(rows, r => r.Totals.Of(outcome));
}
