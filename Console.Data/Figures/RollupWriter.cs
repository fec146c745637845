using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures;

/// <summary>
/// Keeps the figures of minutes, hours and days. What is open stands in memory and is written with what it comes to, in the transaction
/// that also stores how far the events are read: each attempt is in there once. What comes late brings its minute, hour and day back
/// into memory first, and so corrects them.
/// </summary>
public sealed class RollupWriter : IHistoryPart
{
    // Of each length, as many as may take something next; the others come back from the database when they do.
    private const int Held = 3;

    private readonly Dictionary<(FigureGrain Grain, DateTimeOffset At), FigureBucket> _open = [];

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HistoryBatch batch, CancellationToken cancel)
    {
        var fresh = BatchFigures.Of(batch);
        if (fresh.Count == 0)
            return;
        await OpenAsync(connection, transaction, [.. fresh.Keys.Select(key => key.Minute).Distinct()], cancel);
        foreach (var ((minute, cell), totals) in fresh)
            foreach (var grain in FigureGrains.All)
                _open[(grain, grain.Floor(minute))].Add(cell, totals);
        var rows = new List<FigureRow>();
        foreach (var bucket in _open.Values)
            bucket.TakeChanged(rows);
        await FigureSql.WriteAsync(connection, transaction, rows, cancel);
        Close();
    }

    public void Forget() => _open.Clear();

    /// <summary>Brings the buckets that these minutes belong to into memory.</summary>
    private async Task OpenAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset[] minutes, CancellationToken cancel)
    {
        (FigureGrain Grain, DateTimeOffset At)[] missing =
            [.. FigureGrains.All.SelectMany(grain => minutes.Select(minute => (grain, grain.Floor(minute)))).Distinct().Where(key => !_open.ContainsKey(key))];
        if (missing.Length == 0)
            return;
        foreach (var key in missing)
            _open[key] = new FigureBucket(key.Grain, key.At);
        await using var command = new NpgsqlCommand(FigureSql.Load, connection, transaction);
        command.Parameters.AddAll([Sql.Column(missing, key => (short)key.Grain), Sql.Times(missing, key => key.At)]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var totals = new FigureTotals();
            FigureSql.AddTo(totals, row, 6, hasHistograms: true);
            var key = new FigureKey((FigureFacet)row.GetInt16(2), row.GetString(3), row.GetString(4), row.GetString(5));
            _open[((FigureGrain)row.GetInt16(0), row.GetTime(1))].Load(key, totals);
        }
    }

    private void Close()
    {
        foreach (var grain in FigureGrains.All)
            foreach (var key in _open.Keys.Where(key => key.Grain == grain).OrderByDescending(key => key.At).Skip(Held).ToList())
                _open.Remove(key);
    }
}
