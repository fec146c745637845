using Npgsql;

namespace OpsConsole.Data.Schedules;

// Requests of operators, what is still open, and what is old.
public sealed partial class RunnerStore
{
    /// <summary>Puts manual runs or a backfill into the ledger, pending, and tells the runner.</summary>
    public async Task RequestAsync(IReadOnlyList<Occurrence> occurrences, ScheduleBackfill? backfill = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(occurrences.Count, ScheduleLimits.Requests);
        await using var batch = database.CreateBatch();
        if (backfill is not null)
            batch.BatchCommands.Add(Insert(backfill));
        batch.BatchCommands.Add(OccurrenceSql.Insert(occurrences, Sql.Of(true), "$1"));
        var notify = new NpgsqlBatchCommand("SELECT pg_notify($1, p) FROM unnest($2) AS p");
        notify.Parameters.Add(Sql.Of(ScheduleChange.Channel));
        notify.Parameters.Add(Sql.Of(ScheduleNotice.Payloads(ScheduleChangeKind.Requested, [.. occurrences.Select(o => o.ScheduleId).Distinct()])));
        batch.BatchCommands.Add(notify);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlBatchCommand Insert(ScheduleBackfill backfill)
    {
        var insert = new NpgsqlBatchCommand("""
            INSERT INTO "ScheduleBackfills" ("Id", "ScheduleId", "From", "To", "Overlap", "Occurrences", "RequestedAt", "RequestedBy", "Why")
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """);
        insert.Parameters.AddAll([
            Sql.Of(backfill.Id),
            Sql.Of(backfill.ScheduleId),
            Sql.OfTime(backfill.From),
            Sql.OfTime(backfill.To),
            Sql.Of((short)backfill.Overlap),
            Sql.Of(backfill.Occurrences),
            Sql.OfTime(backfill.RequestedAt),
            Sql.Of(StoredText.Clean(backfill.RequestedBy, ScheduleLimits.Operator)),
            Sql.OfText(StoredText.Clean(backfill.Why, ScheduleLimits.Note)),
        ]);
        return insert;
    }

    /// <summary>Open occurrences of all schedules, in the order of their identities.</summary>
    /// <param name="after">The last one of the page before; null begins.</param>
    public Task<IReadOnlyList<Occurrence>> OpenAsync(OccurrenceId? after, int limit, CancellationToken cancel = default)
    {
        var from = after ?? default;
        return ReadOccurrencesAsync("""
            WHERE "IsOpen" AND ("ScheduleId", "NominalAt", "Origin") > ($1, $2, $3) ORDER BY "ScheduleId", "NominalAt", "Origin" LIMIT $4
            """, [Sql.Of(from.ScheduleId), Sql.OfTime(from.NominalAt), Sql.Of(from.Origin), Sql.Of(limit)], cancel);
    }

    /// <summary>Those of <see cref="OpenAsync"/> that have no job yet.</summary>
    /// <inheritdoc cref="OpenAsync" path="/param"/>
    public Task<IReadOnlyList<Occurrence>> UnmadeAsync(OccurrenceId? after, int limit, CancellationToken cancel = default)
    {
        var from = after ?? default;
        return ReadOccurrencesAsync("""
            WHERE "IsOpen" AND "EnqueuedAt" IS NULL AND ("ScheduleId", "NominalAt", "Origin") > ($1, $2, $3) ORDER BY "ScheduleId", "NominalAt", "Origin" LIMIT $4
            """, [Sql.Of(from.ScheduleId), Sql.OfTime(from.NominalAt), Sql.Of(from.Origin), Sql.Of(limit)], cancel);
    }

    /// <summary>Manual runs of some schedules that have no job yet.</summary>
    public Task<IReadOnlyList<Occurrence>> ManualAsync(IReadOnlyCollection<Guid> schedules, int limit, CancellationToken cancel = default) =>
        ReadOccurrencesAsync("""
            WHERE "IsOpen" AND "EnqueuedAt" IS NULL AND "Kind" = $1 AND "ScheduleId" = ANY($2) ORDER BY "ScheduleId", "NominalAt", "Origin" LIMIT $3
            """, [Sql.Of((short)OccurrenceKind.Manual), Sql.Of(schedules.ToArray()), Sql.Of(limit)], cancel);

    /// <summary>Open occurrences of some schedules, oldest first in each.</summary>
    public Task<IReadOnlyList<Occurrence>> OpenOfAsync(IReadOnlyCollection<Guid> schedules, int limit, CancellationToken cancel = default) =>
        ReadOccurrencesAsync("""
            WHERE "IsOpen" AND "ScheduleId" = ANY($1) ORDER BY "ScheduleId", "NominalAt", "Origin" LIMIT $2
            """, [Sql.Of(schedules.ToArray()), Sql.Of(limit)], cancel);

    /// <summary>Removes occurrences that were due before this moment and are not open.</summary>
    /// <returns>How many; as many as the limit means that there may be more.</returns>
    public async Task<int> PruneAsync(DateTimeOffset before, int limit, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("""
            DELETE FROM "Occurrences" WHERE ctid = ANY(ARRAY(SELECT ctid FROM "Occurrences" WHERE "DueAt" < $1 AND NOT "IsOpen" LIMIT $2))
            """);
        command.Parameters.Add(Sql.OfTime(before));
        command.Parameters.Add(Sql.Of(limit));
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<IReadOnlyList<Occurrence>> ReadOccurrencesAsync(string condition, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            SELECT {OccurrenceSql.Columns}, "Outcome", "StartedAt", "EndedAt", "Attempts", "IsDeadlineMissed" FROM "Occurrences"
            """ + " " + condition);
        command.Parameters.AddAll(parameters);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<Occurrence>();
        while (await row.ReadAsync(cancel))
            found.Add(OccurrenceSql.Read(row));
        return found;
    }
}
