using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures.Labels;

/// <summary>Counts the ends of jobs by owner and tag, in the transaction that stores the attempts: each counts exactly once.</summary>
public sealed class LabelWriter : IHistoryPart
{
    private readonly LabelNames _names = new();
    private DateOnly _prunedOn;

    public void Forget()
    {
        _names.Forget();
        _prunedOn = default;
    }

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HistoryBatch batch, CancellationToken cancel)
    {
        var tallies = Count(batch.Attempts);
        if (tallies.Count == 0)
            return;
        var today = DateOnly.FromDateTime(tallies.Keys.Max(key => key.Hour).UtcDateTime);
        if (_prunedOn < today)
            await PruneAsync(connection, transaction, today, cancel);
        var ids = await _names.ResolveAsync(connection, transaction, [.. tallies.Keys.Select(key => (key.Kind, key.Name)).Distinct()], today, cancel);
        // Names beyond the bound share a number; a statement may touch each row once.
        var rows = tallies.GroupBy(pair => (pair.Key.Hour, Id: ids[(pair.Key.Kind, pair.Key.Name)]))
            .Select(same => new Row(same.Key.Hour, same.Key.Id, same.Aggregate(default(LabelTally), (sum, pair) => sum + pair.Value)))
            .OrderBy(row => row.Hour).ThenBy(row => row.Id).ToList();
        await AddAsync(connection, transaction, rows, cancel);
    }

    private static Dictionary<(DateTimeOffset Hour, LabelKind Kind, string Name), LabelTally> Count(IReadOnlyList<AttemptRow> attempts)
    {
        var tallies = new Dictionary<(DateTimeOffset, LabelKind, string), LabelTally>();
        foreach (var attempt in attempts)
        {
            var tally = LabelTally.Of(attempt.Outcome, attempt.Attempt);
            if (tally == default)
                continue;
            var hour = new DateTimeOffset(attempt.EndedAt.UtcTicks - (attempt.EndedAt.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
            foreach (var (kind, name) in LabelsOf(attempt))
                tallies[(hour, kind, name)] = tallies.GetValueOrDefault((hour, kind, name)) + tally;
        }
        return tallies;
    }

    private static IEnumerable<(LabelKind, string)> LabelsOf(AttemptRow attempt)
    {
        yield return (LabelKind.All, "");
        yield return (LabelKind.Owner, Clean(attempt.Owner));
        if (attempt.Tags.Count == 0)
            yield return (LabelKind.Tag, "");
        foreach (var tag in attempt.Tags.Take(LabelLimits.TagsOfJob).Select(Clean).Distinct(StringComparer.Ordinal))
            yield return (LabelKind.Tag, tag);
    }

    private static string Clean(string name) => StoredText.Clean(name.Trim(), LabelLimits.Name);

    private static async Task AddAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, List<Row> rows, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            INSERT INTO "LabelHours" AS h ("Hour", "LabelId", "Succeeded", "Recovered", "Failed", "Deleted", "Retries")
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT ("Hour", "LabelId") DO UPDATE SET "Succeeded" = h."Succeeded" + EXCLUDED."Succeeded", "Recovered" = h."Recovered" + EXCLUDED."Recovered",
                "Failed" = h."Failed" + EXCLUDED."Failed", "Deleted" = h."Deleted" + EXCLUDED."Deleted", "Retries" = h."Retries" + EXCLUDED."Retries"
            """, connection, transaction);
        command.Parameters.Add(Sql.Times(rows, row => row.Hour));
        command.Parameters.Add(Sql.Column(rows, row => row.Id));
        command.Parameters.Add(Sql.Column(rows, row => row.Tally.Succeeded));
        command.Parameters.Add(Sql.Column(rows, row => row.Tally.Recovered));
        command.Parameters.Add(Sql.Column(rows, row => row.Tally.Failed));
        command.Parameters.Add(Sql.Column(rows, row => row.Tally.Deleted));
        command.Parameters.Add(Sql.Column(rows, row => row.Tally.Retries));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Once a day, by the clock of the events: what is too old goes, and names that have not been seen for as long make room.</summary>
    private async Task PruneAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateOnly today, CancellationToken cancel)
    {
        var before = today.AddDays(-LabelLimits.KeepDays);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""DELETE FROM "LabelHours" WHERE "Hour" < $1"""));
        batch.BatchCommands[0].Parameters.Add(Sql.OfTime(new DateTimeOffset(before, default, TimeSpan.Zero)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""DELETE FROM "Labels" WHERE "SeenOn" < $1"""));
        batch.BatchCommands[1].Parameters.Add(Sql.Of(before));
        if (await batch.ExecuteNonQueryAsync(cancel) > 0)
            _names.Forget();
        _prunedOn = today;
    }

    private sealed record Row(DateTimeOffset Hour, int Id, LabelTally Tally);
}
