using Npgsql;

namespace OpsConsole.Data.Schedules;

// The hot path. Rows go as one array for each column, so the number of statements does not grow with theirs.
public sealed partial class RunnerStore
{
    private const string MoveCursors = $"""
        UPDATE "ScheduleCursors" c SET "Version" = n.version, "NextNominalAt" = n.nominal, "NextDueAt" = n.due, "GraceSeconds" = n.grace, "Runs" = n.runs,
            "LastNominalAt" = n.last, "LastState" = n.state
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9) AS n(id, version, nominal, due, grace, runs, last, state)
        WHERE c."ScheduleId" = n.id AND {UnderLease}
        """;

    // A quick job may have ended, and its end may have been written, before this is.
    private const string Enqueued = $"""
        UPDATE "Occurrences" o SET "State" = n.state, "EnqueuedAt" = n.enqueued, "Cause" = n.cause, "IsOpen" = n.open AND o."Outcome" IS NULL, "MissedAt" = coalesce(o."MissedAt", n.missed)
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9) AS n(schedule, nominal, origin, state, enqueued, cause, open, missed)
        WHERE o."ScheduleId" = n.schedule AND o."NominalAt" = n.nominal AND o."Origin" = n.origin AND {UnderLease}
        """;

    private const string Settled = $"""
        UPDATE "Occurrences" o SET "Outcome" = n.outcome, "StartedAt" = n.started, "EndedAt" = n.ended, "Attempts" = n.attempts, "IsOpen" = n.open
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9) AS n(schedule, nominal, origin, outcome, started, ended, attempts, open)
        WHERE o."ScheduleId" = n.schedule AND o."NominalAt" = n.nominal AND o."Origin" = n.origin AND {UnderLease}
        """;

    private const string CountOutcomes = $"""
        UPDATE "ScheduleCursors" c SET "FailuresInRow" = n.failures, "LastOutcome" = n.outcome, "LastOutcomeAt" = n.ended
        FROM unnest($2, $3, $4, $5) AS n(id, failures, outcome, ended)
        WHERE c."ScheduleId" = n.id AND {UnderLease}
        """;

    private const string DeadlinesMissed = $"""
        UPDATE "Occurrences" o SET "IsDeadlineMissed" = true, "Cause" = left(concat_ws(' ', o."Cause", $6::text), $7), "MissedAt" = coalesce(o."MissedAt", $5)
        FROM unnest($2, $3, $4) AS n(schedule, nominal, origin)
        WHERE o."ScheduleId" = n.schedule AND o."NominalAt" = n.nominal AND o."Origin" = n.origin AND o."IsOpen" AND NOT o."IsDeadlineMissed" AND {UnderLease}
        """;

    private const int WriteTries = 3;

    /// <summary>Writes occurrences and moves cursors, all or nothing. Each schedule stands in one row at most.</summary>
    public Task<FireResult> FireAsync(long epoch, IReadOnlyList<FireRow> rows, CancellationToken cancel = default)
    {
        // In one order everywhere, so that batches that touch the same cursors wait for each other instead of blocking each other.
        ScheduleCursor[] cursors = [.. rows.Select(r => r.Cursor).OrderBy(c => c.ScheduleId)];
        Occurrence[] occurrences = [.. rows.SelectMany(r => r.Occurrences)];
        var move = new NpgsqlBatchCommand(MoveCursors);
        move.Parameters.AddAll([
            Sql.Of(epoch),
            Sql.Column(cursors, c => c.ScheduleId),
            Sql.Column(cursors, c => c.Version),
            Sql.Times(cursors, c => c.NextNominalAt),
            Sql.Times(cursors, c => c.NextDueAt),
            Sql.Column(cursors, c => c.GraceSeconds),
            Sql.Column(cursors, c => c.Runs),
            Sql.Times(cursors, c => c.LastNominalAt),
            Sql.Column(cursors, c => (short?)c.LastState),
        ]);
        return RunAsync(epoch, isDurable: true, [OccurrenceSql.Insert(occurrences, Sql.Of(epoch), UnderLease), move], cancel);
    }

    /// <summary>Writes what became of occurrences on their way to the queue.</summary>
    /// <returns>False when the lease is somebody else's: nothing was written.</returns>
    public async Task<bool> MarkEnqueuedAsync(long epoch, IReadOnlyList<EnqueuedRow> rows, CancellationToken cancel = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        rows = LastOfEach(rows, r => r.Id, r => (r.Id.ScheduleId, r.Id.NominalAt));
        var mark = new NpgsqlBatchCommand(Enqueued);
        mark.Parameters.AddAll([
            .. Identities(epoch, rows, r => r.Id),
            Sql.Column(rows, r => (short)r.State),
            Sql.Times(rows, r => r.EnqueuedAt),
            Sql.Texts(rows, r => StoredText.Clean(r.Cause, ScheduleLimits.Cause)),
            Sql.Column(rows, r => r.IsOpen),
            Sql.Times(rows, r => OccurrenceSql.IsMissed(r.State) ? now : null),
        ]);
        return !(await RunAsync(epoch, isDurable: false, [mark], cancel)).IsFenced;
    }

    /// <summary>Writes what became of jobs, and counts it into the cursors. Later rows of the same schedule win.</summary>
    /// <inheritdoc cref="MarkEnqueuedAsync" path="/returns"/>
    public async Task<bool> SettleAsync(long epoch, IReadOnlyList<SettledRow> rows, CancellationToken cancel = default)
    {
        var ended = LastOfEach(rows.Where(r => r.Outcome is not null), r => r.Id.ScheduleId, r => (r.Id.ScheduleId, r.Id.NominalAt));
        rows = LastOfEach(rows, r => r.Id, r => (r.Id.ScheduleId, r.Id.NominalAt));
        var settle = new NpgsqlBatchCommand(Settled);
        settle.Parameters.AddAll([
            .. Identities(epoch, rows, r => r.Id),
            Sql.Column(rows, r => (short?)r.Outcome),
            Sql.Times(rows, r => r.StartedAt),
            Sql.Times(rows, r => r.EndedAt),
            Sql.Column(rows, r => r.Attempts),
            Sql.Column(rows, r => r.IsOpen),
        ]);
        var count = new NpgsqlBatchCommand(CountOutcomes);
        count.Parameters.AddAll([
            Sql.Of(epoch),
            Sql.Column(ended, r => r.Id.ScheduleId),
            Sql.Column(ended, r => r.FailuresInRow),
            Sql.Column(ended, r => (short?)r.Outcome),
            Sql.Times(ended, r => r.EndedAt),
        ]);
        return !(await RunAsync(epoch, isDurable: false, [settle, count], cancel)).IsFenced;
    }

    /// <summary>Marks open occurrences whose deadline passed while their jobs were unfinished.</summary>
    /// <param name="cause">A sentence that goes behind the cause that they have.</param>
    /// <inheritdoc cref="MarkEnqueuedAsync" path="/returns"/>
    public async Task<bool> MarkDeadlinesMissedAsync(long epoch, IReadOnlyList<OccurrenceId> ids, string cause, CancellationToken cancel = default)
    {
        var mark = new NpgsqlBatchCommand(DeadlinesMissed);
        mark.Parameters.AddAll([.. Identities(epoch, ids, id => id), Sql.OfTime(time.GetUtcNow()), Sql.Of(cause), Sql.Of(ScheduleLimits.Cause)]);
        return !(await RunAsync(epoch, isDurable: true, [mark], cancel)).IsFenced;
    }

    /// <param name="isDurable">
    /// False: the database answers before its log is on disk. What a crash of the database then takes away is found again in Redis.
    /// </param>
    private async Task<FireResult> RunAsync(long epoch, bool isDurable, NpgsqlBatchCommand[] commands, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        var hold = new NpgsqlBatchCommand(isDurable ? HoldLease : HoldLeaseLightly);
        hold.Parameters.Add(Sql.Of(epoch));
        batch.BatchCommands.Add(hold);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await ReadAsync(batch, cancel);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.InvalidSqlStatementName && tries < WriteTries)
            {
                // Two batches had rows in common, and the database undid this one; what the driver prepared in it is undone as well, and it may
                // learn of that only now.
            }
        }
    }

    private static async Task<FireResult> ReadAsync(NpgsqlBatch batch, CancellationToken cancel)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var isFenced = !await reader.ReadAsync(cancel);
        var inserted = new HashSet<OccurrenceId>();
        if (await reader.NextResultAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
                inserted.Add(OccurrenceSql.ReadId(reader));
        }
        return new FireResult(isFenced, inserted);
    }

    private static IEnumerable<NpgsqlParameter> Identities<T>(long epoch, IReadOnlyList<T> rows, Func<T, OccurrenceId> id) =>
        [Sql.Of(epoch), Sql.Column(rows, r => id(r).ScheduleId), Sql.Times(rows, r => id(r).NominalAt), Sql.Column(rows, r => id(r).Origin)];

    // In the order of their keys; see FireAsync.
    private static T[] LastOfEach<T, TKey>(IEnumerable<T> rows, Func<T, TKey> key, Func<T, (Guid, DateTimeOffset)> order) where TKey : notnull
    {
        var last = new Dictionary<TKey, T>();
        foreach (var row in rows)
            last[key(row)] = row;
        return [.. last.Values.OrderBy(order)];
    }
}
