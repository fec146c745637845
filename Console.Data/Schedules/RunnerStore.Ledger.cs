namespace OpsConsole.Data.Schedules;

// What the ledger asks about occurrences whose jobs are under way.
public sealed partial class RunnerStore
{
    /// <summary>The rows of these identities, as far as they are there, in no order.</summary>
    public Task<IReadOnlyList<Occurrence>> FindAsync(IReadOnlyCollection<OccurrenceId> ids, CancellationToken cancel = default)
    {
        OccurrenceId[] all = [.. ids];
        return ReadOccurrencesAsync("""
            JOIN unnest($1, $2, $3) AS n(schedule, nominal, origin) ON "ScheduleId" = n.schedule AND "NominalAt" = n.nominal AND "Origin" = n.origin
            """, [Sql.Column(all, id => id.ScheduleId), Sql.Times(all, id => id.NominalAt), Sql.Column(all, id => id.Origin)], cancel);
    }

    /// <summary>Open occurrences whose deadline has passed and is not marked as missed yet, the longest passed first.</summary>
    public Task<IReadOnlyList<Occurrence>> PastDeadlineAsync(DateTimeOffset now, int limit, CancellationToken cancel = default) =>
        ReadOccurrencesAsync("""
            WHERE "IsOpen" AND "DeadlineAt" <= $1 AND NOT "IsDeadlineMissed" ORDER BY "DeadlineAt" LIMIT $2
            """, [Sql.OfTime(now), Sql.Of(limit)], cancel);

    /// <summary>Occurrences whose jobs have waited for longer than their expiry allows, as far as the ledger knows.</summary>
    public Task<IReadOnlyList<Occurrence>> PastExpiryAsync(DateTimeOffset now, int limit, CancellationToken cancel = default) =>
        ReadOccurrencesAsync("""
            WHERE "IsOpen" AND "ExpirySeconds" IS NOT NULL AND "StartedAt" IS NULL AND "EnqueuedAt" + make_interval(secs => "ExpirySeconds") <= $1 ORDER BY "DueAt" LIMIT $2
            """, [Sql.OfTime(now), Sql.Of(limit)], cancel);
}
