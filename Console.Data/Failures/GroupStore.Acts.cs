using Npgsql;

namespace OpsConsole.Data.Failures;

// What operators change. Each change names the version that was seen: of two at once the second is told about the first.
public sealed partial class GroupStore
{
    private const string HoldForChange = """
        SELECT "Id", "Version", "State", "StateAt", "StateBy", "AssigneeId", "Assignee" FROM "FailureGroups" WHERE "Id" = ANY($1) ORDER BY "Id" FOR UPDATE
        """;

    /// <summary>Changes those that stand as they were seen. A note goes to every one that is there.</summary>
    /// <returns>An answer for each target, in their order.</returns>
    public async Task<IReadOnlyList<GroupAnswer>> ChangeAsync(IReadOnlyList<GroupTarget> targets, GroupChange change, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(targets.Count, GroupLimits.Targets);
        await using var connection = await database.Reading.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var held = await HoldAsync(connection, [.. targets.Select(target => target.Id).Distinct()], cancel);
        var answers = targets.Select(target => Answer(held.GetValueOrDefault(target.Id), target, change)).ToList();
        var changed = answers.Where(answer => answer.Kind == GroupAnswerKind.Changed).Select(answer => answer.Id).Distinct().ToArray();
        if (changed.Length > 0)
            await WriteAsync(connection, changed, change, cancel);
        await transaction.CommitAsync(cancel);
        return answers;
    }

    private static GroupAnswer Answer(Held? held, GroupTarget target, GroupChange change)
    {
        if (held is null)
            return new GroupAnswer(target.Id, GroupAnswerKind.Unknown, GroupState.Open, default, "", null);
        var kind = change.Act == GroupAct.Note ? GroupAnswerKind.Changed
            : IsAlready(held, change) ? GroupAnswerKind.Already
            : held.Version != target.Version ? GroupAnswerKind.Conflict
            : GroupAnswerKind.Changed;
        return new GroupAnswer(held.Id, kind, held.State, held.StateAt, held.StateBy, held.Assignee);
    }

    private static bool IsAlready(Held held, GroupChange change) => change.Act switch
    {
        GroupAct.Acknowledge => held.State == GroupState.Acknowledged,
        GroupAct.Resolve => held.State == GroupState.Resolved,
        GroupAct.Reopen => held.State == GroupState.Open,
        GroupAct.Assign => held.AssigneeId == change.AssigneeId,
        GroupAct.Release => held.AssigneeId is null,
        _ => false,
    };

    private async Task WriteAsync(NpgsqlConnection connection, Guid[] ids, GroupChange change, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var by = StoredText.Clean(change.By, GroupLimits.Name);
        var text = StoredText.Clean(change.Text, GroupLimits.Note);
        await using var batch = new NpgsqlBatch(connection);
        if (Update(ids, change, by, text, now) is { } update)
            batch.BatchCommands.Add(update);
        batch.BatchCommands.Add(GroupSql.InsertEvents([.. ids.Select(id => new GroupEvent(0, id, now, change.Act, by, text, null))]));
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlBatchCommand? Update(Guid[] ids, GroupChange change, string by, string text, DateTimeOffset now)
    {
        if (change.Act is GroupAct.Assign or GroupAct.Release)
        {
            var owner = new NpgsqlBatchCommand("""
                UPDATE "FailureGroups" SET "AssigneeId" = $2, "Assignee" = $3, "Version" = "Version" + 1 WHERE "Id" = ANY($1)
                """);
            owner.Parameters.AddAll([Sql.Of(ids), Sql.Of(change.Act == GroupAct.Assign ? change.AssigneeId : null), Sql.OfText(change.Act == GroupAct.Assign ? change.Assignee : null)]);
            return owner;
        }
        if (StateAfter(change.Act) is not { } state)
            return null;
        var update = new NpgsqlBatchCommand("""
            UPDATE "FailureGroups" SET "State" = $2, "StateAt" = $3, "StateBy" = $4, "StateText" = $5, "StateJobId" = NULL, "SnoozedUntil" = $6, "SnoozedCount" = "Count" + $7, "Version" = "Version" + 1
            WHERE "Id" = ANY($1)
            """);
        var snooze = state == GroupState.Snoozed ? change : null;
        update.Parameters.AddAll([Sql.Of(ids), Sql.Of((short)state), Sql.OfTime(now), Sql.Of(by), Sql.Of(text), Sql.OfTime(snooze?.SnoozeUntil), Sql.Of((long?)snooze?.SnoozeMore)]);
        return update;
    }

    private static GroupState? StateAfter(GroupAct act) => act switch
    {
        GroupAct.Acknowledge => GroupState.Acknowledged,
        GroupAct.Snooze => GroupState.Snoozed,
        GroupAct.Resolve => GroupState.Resolved,
        GroupAct.Reopen => GroupState.Open,
        _ => null,
    };

    private static async Task<Dictionary<Guid, Held>> HoldAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(HoldForChange, connection);
        command.Parameters.Add(Sql.Of(ids));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var held = new Dictionary<Guid, Held>();
        while (await row.ReadAsync(cancel))
        {
            var one = new Held(row.GetGuid(0), row.GetInt32(1), (GroupState)row.GetInt16(2), row.GetTime(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetGuid(5), row.IsDBNull(6) ? null : row.GetString(6));
            held.Add(one.Id, one);
        }
        return held;
    }

    private sealed record Held(Guid Id, int Version, GroupState State, DateTimeOffset StateAt, string StateBy, Guid? AssigneeId, string? Assignee);
}
