namespace OpsConsole.Data.Operations;

// What operators do with an operation that is under way. Each names the states that it may find; another state refuses it.
public sealed partial class OperationStore
{
    private static readonly short[] s_going = [(short)BulkState.Preparing, (short)BulkState.Running, (short)BulkState.Waiting];
    private static readonly short[] s_standing = [(short)BulkState.Paused, (short)BulkState.Halted];

    /// <returns>False when it was not going.</returns>
    public Task<bool> PauseAsync(Guid id, string by, string why, CancellationToken cancel = default) =>
        ChangeAsync(id, s_going, BulkState.Paused, "", by, why, cancel);

    /// <summary>Lets it go on. After it has stopped by itself, what ended before is not counted any more, and a step of the canary is made again.</summary>
    /// <returns>False when it did not stand.</returns>
    public Task<bool> ResumeAsync(Guid id, string by, string why, CancellationToken cancel = default) => ChangeAsync(id, s_standing, BulkState.Running, $"""
        , "Recent" = CASE WHEN "State" = {(short)BulkState.Halted} THEN '' ELSE "Recent" END
        , "StepDone" = CASE WHEN "State" = {(short)BulkState.Halted} THEN "Done" ELSE "StepDone" END
        , "StepCursor" = CASE WHEN "State" = {(short)BulkState.Halted} THEN "Cursor" ELSE "StepCursor" END
        """, by, why, cancel);

    /// <summary>Goes on with the next step.</summary>
    /// <param name="step">The step that is over, as it was seen.</param>
    /// <returns>False when it did not wait after that step.</returns>
    public Task<bool> ContinueAsync(Guid id, int step, string by, CancellationToken cancel = default) =>
        ChangeAsync(id, [(short)BulkState.Waiting], BulkState.Running, NextStep, by, "", cancel, step);

    /// <summary>Ends it; what it has retried is still looked after.</summary>
    /// <returns>False when it was over.</returns>
    public Task<bool> StopAsync(Guid id, string by, string why, CancellationToken cancel = default) =>
        ChangeAsync(id, [.. s_going, .. s_standing], BulkState.Stopped, "", by, why, cancel);

    /// <param name="perMinute">Null: no cap.</param>
    /// <returns>False when it was over.</returns>
    public async Task<bool> PaceAsync(Guid id, int? perMinute, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand($"""UPDATE "BulkOperations" SET "PerMinute" = $2 WHERE "Id" = $1 AND "State" < {(short)BulkState.Stopped}""");
        command.Parameters.AddAll([Sql.Of(id), OfInt(perMinute)]);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    internal const string NextStep = """, "Step" = "Step" + 1, "StepDone" = "Done", "StepCursor" = "Cursor", "Recent" = '' """;

    private async Task<bool> ChangeAsync(Guid id, short[] from, BulkState to, string also, string by, string why, CancellationToken cancel, int? step = null)
    {
        await using var command = database.Source.CreateCommand($"""
            UPDATE "BulkOperations" SET "State" = CASE WHEN {(short)to} = {(short)BulkState.Running} AND "Checked" < "Total" THEN {(short)BulkState.Preparing} ELSE {(short)to} END,
                "StateBy" = $3, "StateWhy" = $4, "StateAt" = $5{also}
            WHERE "Id" = $1 AND "State" = ANY($2) AND ($6::integer IS NULL OR "Step" = $6)
            """);
        command.Parameters.AddAll([
            Sql.Of(id), Sql.Of(from), Sql.Of(StoredText.Clean(by, BulkLimits.Name)), Sql.Of(StoredText.Clean(why, BulkLimits.Reason)), Sql.OfTime(time.GetUtcNow()), OfInt(step),
        ]);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }
}
