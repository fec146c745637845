using Npgsql;

namespace OpsConsole.Data.Operations;

/// <summary>Rows of operations as records.</summary>
internal static class BulkRows
{
    public const string Columns = """
        "Id", "Kind", "Source", "SourceText", "Title", "Patch", "NewestFirst", "Canary", "PerMinute", "StopPercent", "StopWindow", "MadeBy", "Reason", "MadeAt",
        "State", "StateBy", "StateWhy", "StateAt", "Step", "StepDone", "StepCursor", "Total", "Checked", "Cursor", "Done", "Counts", "Recent", "ActedAt",
        "FirstActedAt", "Trouble", "EndedAt"
        """;

    public static async Task<List<BulkOperation>> ReadAllAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        var all = new List<BulkOperation>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            all.Add(Read(row));
        return all;
    }

    private static BulkOperation Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Draft = ReadDraft(row),
        MadeBy = row.GetString(11),
        MadeAt = row.GetTime(13),
        State = (BulkState)row.GetInt16(14),
        StateBy = row.GetString(15),
        StateWhy = row.GetString(16),
        StateAt = row.GetTime(17),
        Step = row.GetInt16(18),
        StepDone = row.GetInt32(19),
        StepCursor = row.GetInt32(20),
        Total = row.GetInt32(21),
        Checked = row.GetInt32(22),
        Cursor = row.GetInt32(23),
        Done = row.GetInt32(24),
        Counts = row.GetFieldValue<int[]>(25),
        Recent = row.GetString(26),
        ActedAt = row.GetTimeOrNull(27),
        FirstActedAt = row.GetTimeOrNull(28),
        Trouble = row.IsDBNull(29) ? null : row.GetString(29),
        EndedAt = row.GetTimeOrNull(30),
    };

    private static BulkDraft ReadDraft(NpgsqlDataReader row) => new()
    {
        Kind = (BulkKind)row.GetInt16(1),
        Source = (BulkSource)row.GetInt16(2),
        SourceText = row.GetString(3),
        Title = row.GetString(4),
        Patch = row.IsDBNull(5) ? null : row.GetString(5),
        NewestFirst = row.GetBoolean(6),
        Canary = (BulkCanary)row.GetInt16(7),
        PerMinute = row.IsDBNull(8) ? null : row.GetInt32(8),
        StopPercent = row.IsDBNull(9) ? null : row.GetInt32(9),
        StopWindow = row.GetInt32(10),
        Reason = row.GetString(12),
    };
}
