using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Views;

/// <summary>Searches that people have saved. Who may share is for the caller to know.</summary>
public sealed class SavedViewStore(HistoryDatabase database, TimeProvider time)
{
    /// <summary>What an operator sees: the shared ones and the operator's own, each in alphabetical order.</summary>
    public async Task<IReadOnlyList<SavedView>> ListAsync(Guid operatorId, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand("""
            SELECT v."Id", v."OwnerId", u."DisplayName", v."Name", v."Query", v."IsShared", v."UpdatedAt"
            FROM "SavedViews" v JOIN "AspNetUsers" u ON u."Id" = v."OwnerId"
            WHERE v."IsShared" OR v."OwnerId" = $1
            ORDER BY v."IsShared" DESC, lower(v."Name") LIMIT $2
            """);
        command.Parameters.AddAll([Sql.Of(operatorId), Sql.Of(SavedViewLimits.OfOne + SavedViewLimits.OfAll)]);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var views = new List<SavedView>();
        while (await rows.ReadAsync(cancel))
            views.Add(new(rows.GetGuid(0), rows.GetGuid(1), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetBoolean(5), rows.GetTime(6)));
        return views;
    }

    /// <summary>Saves a search; one of the same name, ignoring case, gets the new search.</summary>
    /// <param name="name">At most <see cref="SavedViewLimits.Name"/> long; cut otherwise.</param>
    /// <param name="query">At most <see cref="SavedViewLimits.Query"/> long.</param>
    public async Task<SavedViewWrite> SaveAsync(Guid operatorId, string name, string query, bool isShared, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Length, SavedViewLimits.Query, nameof(query));
        var kept = StoredText.Clean(name, SavedViewLimits.Name).Trim();
        ArgumentException.ThrowIfNullOrEmpty(kept, nameof(name));
        var (scope, names, most) = isShared
            ? ("\"IsShared\"", "(lower(\"Name\")) WHERE \"IsShared\"", SavedViewLimits.OfAll)
            : ("NOT \"IsShared\" AND \"OwnerId\" = $1", "(\"OwnerId\", lower(\"Name\")) WHERE NOT \"IsShared\"", SavedViewLimits.OfOne);
        // A row that is new has no earlier version, which xmax would name.
        await using var command = database.Writing.CreateCommand($"""
            INSERT INTO "SavedViews" ("OwnerId", "Name", "Query", "IsShared", "UpdatedAt")
            SELECT $1, $2, $3, $4, $5
            WHERE (SELECT count(*) FROM "SavedViews" WHERE {scope}) < $6 OR EXISTS (SELECT 1 FROM "SavedViews" WHERE {scope} AND lower("Name") = lower($2))
            ON CONFLICT {names} DO UPDATE SET "Name" = excluded."Name", "Query" = excluded."Query", "UpdatedAt" = excluded."UpdatedAt"
            RETURNING xmax = 0
            """);
        command.Parameters.AddAll([Sql.Of(operatorId), Sql.Of(kept), Sql.Of(StoredText.Clean(query, SavedViewLimits.Query)), Sql.Of(isShared), Sql.OfTime(time.GetUtcNow()), Sql.Of((long)most)]);
        return await command.ExecuteScalarAsync(cancel) switch
        {
            true => SavedViewWrite.Created,
            false => SavedViewWrite.Replaced,
            _ => SavedViewWrite.TooMany,
        };
    }

    /// <summary>Deletes a view of the operator, or a shared one; false when there is none.</summary>
    public async Task<bool> DeleteAsync(Guid operatorId, Guid id, CancellationToken cancel = default)
    {
        await using var command = database.Writing.CreateCommand("""DELETE FROM "SavedViews" WHERE "Id" = $1 AND ("IsShared" OR "OwnerId" = $2)""");
        command.Parameters.AddAll([Sql.Of(id), Sql.Of(operatorId)]);
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }
}
