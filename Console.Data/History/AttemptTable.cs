using Npgsql;

namespace OpsConsole.Data.History;

/// <summary>Copies the attempts of a batch into their day tables, which are there when this runs.</summary>
public sealed class AttemptTable : IHistoryPart
{
    private const string Copy = """
        COPY "Attempts" ("Kept", "EndedAt", "Sequence", "JobId", "Type", "TypeName", "Queue", "Worker", "Host", "Version", "Outcome", "Attempt",
            "CreatedAt", "EnqueuedAt", "StartedAt", "WaitMs", "RunMs", "Arguments", "Result", "ErrorType", "ErrorMessage", "Stack", "Reason",
            "GroupId", "ScheduleId", "NominalAt", "Owner", "Tags", "ParentId", "Cut", "IsRedacted")
        FROM STDIN (FORMAT BINARY)
        """;

    private const string Before = "before_attempts";

    public Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HistoryBatch batch, CancellationToken cancel) =>
        batch.Attempts.Count == 0 ? Task.CompletedTask : WriteAsync(connection, transaction, batch.Attempts.ToArray(), cancel);

    public void Forget()
    {
        // Nothing is held.
    }

    // One attempt that the database refuses for what is in it would hold up all that follow, for ever. It is looked for by halves and
    // stored without what jobs bring along.
    private static async Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ArraySegment<AttemptRow> rows, CancellationToken cancel)
    {
        await transaction.SaveAsync(Before, cancel);
        try
        {
            await CopyAsync(connection, rows, cancel);
            await transaction.ReleaseAsync(Before, cancel);
            return;
        }
        catch (PostgresException error) when (IsOfContent(error) && (rows.Count > 1 || !IsBare(rows[0])))
        {
            await transaction.RollbackAsync(Before, cancel);
        }
        if (rows.Count == 1)
        {
            await WriteAsync(connection, transaction, new[] { Bare(rows[0]) }, cancel);
            return;
        }
        await WriteAsync(connection, transaction, rows[..(rows.Count / 2)], cancel);
        await WriteAsync(connection, transaction, rows[(rows.Count / 2)..], cancel);
    }

    // Only the completion makes the rows stay; an exception on the way leaves none.
    private static async Task CopyAsync(NpgsqlConnection connection, ArraySegment<AttemptRow> rows, CancellationToken cancel)
    {
        await using var import = await connection.BeginBinaryImportAsync(Copy, cancel);
        foreach (var attempt in rows)
        {
            await import.StartRowAsync(cancel);
            await new AttemptCopy(import, cancel).WriteAsync(attempt);
        }
        await import.CompleteAsync(cancel);
    }

    // Classes "data exception" and "program limit exceeded".
    private static bool IsOfContent(PostgresException error) =>
        error.SqlState.StartsWith("22", StringComparison.Ordinal) || error.SqlState.StartsWith("54", StringComparison.Ordinal);

    private static bool IsBare(AttemptRow row) => row is { Arguments: null, Result: null, Stack: null, Reason: null, Tags.Count: 0 };

    private static AttemptRow Bare(AttemptRow row) => row with
    {
        Arguments = null,
        Result = null,
        Stack = null,
        Reason = null,
        Tags = [],
        ErrorMessage = row.ErrorMessage is null ? null : "The database refused the message.",
        Cut = row.Cut | CutTexts.Arguments | CutTexts.Result | CutTexts.Stack | CutTexts.Message,
    };
}
