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

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HistoryBatch batch, CancellationToken cancel)
    {
        if (batch.Attempts.Count == 0)
            return;
        await using var import = await connection.BeginBinaryImportAsync(Copy, cancel);
        // Only the completion below makes the rows stay; an exception on the way leaves none.
        foreach (var attempt in batch.Attempts)
        {
            await import.StartRowAsync(cancel);
            await new AttemptCopy(import, cancel).WriteAsync(attempt);
        }
        await import.CompleteAsync(cancel);
    }

    public void Forget()
    {
        // Nothing is held.
    }
}
