using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Failures;

/// <summary>
/// Counts the failures of a batch into their groups: one statement reads and holds those that it touches, one writes them, however many.
/// A resolved group comes back with a failure later than its resolution; a snoozed one wakes by time or by count.
/// </summary>
public sealed class GroupWriter : IHistoryPart
{
    private const int TrimMost = 10_000;
    private static readonly TimeSpan TrimEvery = TimeSpan.FromHours(1);
    private int _made;
    private DateTimeOffset _trimmedAt;

    /// <summary>Most groups.</summary>
    public int Most { get; init; } = GroupLimits.Groups;

    /// <summary>So many new groups may come before it is seen to that there are not too many.</summary>
    public int TrimAfter { get; init; } = 5_000;

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HistoryBatch batch, CancellationToken cancel)
    {
        var failures = batch.Attempts.Where(attempt => attempt.Failure is not null).ToList();
        if (failures.Count == 0)
            return;
        var groups = await HoldAsync(connection, [.. failures.Select(failure => failure.Failure!.Id).Distinct()], cancel);
        var known = groups.Count;
        foreach (var failure in failures)
        {
            if (!groups.TryGetValue(failure.Failure!.Id, out var group))
                groups[failure.Failure.Id] = group = GroupTally.New(failure);
            group.Add(failure);
        }
        await WriteAsync(connection, [.. groups.Values], cancel);
        _made += groups.Count - known;
        if (_made >= TrimAfter || batch.PositionAt - _trimmedAt >= TrimEvery)
            await TrimAsync(connection, batch.PositionAt, cancel);
    }

    public void Forget()
    {
        // Nothing is held that counts: a trim that was undone comes again with the next that is due.
    }

    private static async Task<Dictionary<Guid, GroupTally>> HoldAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(GroupSql.Hold, connection);
        command.Parameters.Add(Sql.Of(ids));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var groups = new Dictionary<Guid, GroupTally>(ids.Length);
        while (await row.ReadAsync(cancel))
        {
            var group = GroupSql.ReadTally(row);
            groups.Add(group.Id, group);
        }
        return groups;
    }

    private static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<GroupTally> groups, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Upsert(groups));
        if (groups.SelectMany(group => group.Events).ToList() is { Count: > 0 } events)
            batch.BatchCommands.Add(GroupSql.InsertEvents(events));
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlBatchCommand Upsert(IReadOnlyList<GroupTally> groups)
    {
        var upsert = new NpgsqlBatchCommand(GroupSql.Upsert);
        upsert.Parameters.AddAll([
            Sql.Column(groups, g => g.Id), Sql.Texts(groups, g => g.JobType), Sql.Texts(groups, g => g.ErrorType), Sql.Texts(groups, g => g.Template), Sql.Texts(groups, g => g.Frame),
            Sql.Times(groups, g => g.FirstSeenAt), Sql.Times(groups, g => g.LastSeenAt), Sql.Column(groups, g => g.Count), Sql.Column(groups, g => g.FinalCount), Sql.Column(groups, g => (short)g.LastOutcome),
            Sql.Column(groups, g => (short)g.State), Sql.Times(groups, g => g.StateAt), Sql.Texts(groups, g => g.StateBy), Sql.Texts(groups, g => g.StateText), Sql.Texts(groups, g => g.StateJobId),
            Sql.Times(groups, g => g.SnoozedUntil), Sql.Column(groups, g => g.SnoozedCount), Sql.Column(groups, g => g.Version),
            Sql.Column(groups, g => g.Hours.Write()), Sql.Column(groups, g => g.Days.Write()), Sql.Texts(groups, g => g.Facets.ToJson()),
            Sql.Times(groups, g => g.Example?.EndedAt), Sql.Column(groups, g => g.Example?.Sequence ?? 0), Sql.Texts(groups, g => g.Example?.JobId), Sql.Texts(groups, g => g.Example?.Message), Sql.Texts(groups, g => g.Example?.Stack),
        ]);
        return upsert;
    }

    /// <summary>Keeps the number of groups bounded, a failure with an ever-new message notwithstanding.</summary>
    private async Task TrimAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel)
    {
        (_made, _trimmedAt) = (0, now);
        await using var command = new NpgsqlCommand(GroupSql.Trim, connection);
        command.Parameters.AddAll([Sql.OfTime(now - GroupLimits.Kept), Sql.Of(Most), Sql.Of(TrimMost)]);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
