using Npgsql;

namespace OpsConsole.Data.Figures.Labels;

/// <summary>The labels that there are, as the one process that writes them knows them. Every name of a batch becomes a number.</summary>
internal sealed class LabelNames
{
    private readonly Dictionary<(LabelKind Kind, string Name), (int Id, DateOnly SeenOn)> _known = [];
    private readonly Dictionary<LabelKind, int> _counts = [];
    private bool _isRead;

    public void Forget()
    {
        _known.Clear();
        _counts.Clear();
        _isRead = false;
    }

    /// <summary>Numbers of the names; those beyond the bound get the number of all such.</summary>
    public async Task<Dictionary<(LabelKind, string), int>> ResolveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<(LabelKind Kind, string Name)> names, DateOnly today, CancellationToken cancel)
    {
        if (!_isRead)
            await ReadAsync(connection, transaction, cancel);
        var counted = names.ToDictionary(name => name, Counted);
        var unseen = counted.Values.Distinct().Where(name => !_known.TryGetValue(name, out var known) || known.SeenOn < today).ToList();
        if (unseen.Count > 0)
            await StoreAsync(connection, transaction, unseen, today, cancel);
        return counted.ToDictionary(pair => pair.Key, pair => _known[pair.Value].Id);
    }

    private (LabelKind Kind, string Name) Counted((LabelKind Kind, string Name) name)
    {
        if (_known.ContainsKey(name))
            return name;
        var further = name.Kind switch { LabelKind.Owner => LabelKind.FurtherOwners, LabelKind.Tag => LabelKind.FurtherTags, _ => name.Kind };
        if (further == name.Kind)
            return name;
        var count = _counts.GetValueOrDefault(name.Kind);
        if (count >= LabelLimits.Names)
            return (further, "");
        // Counted from here on: the next new name of the batch must know of it.
        _counts[name.Kind] = count + 1;
        _known[name] = (0, DateOnly.MinValue);
        return name;
    }

    private async Task ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""SELECT "Kind", "Name", "Id", "SeenOn" FROM "Labels" """, connection, transaction);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var kind = (LabelKind)rows.GetInt16(0);
            _known[(kind, rows.GetString(1))] = (rows.GetInt32(2), rows.GetFieldValue<DateOnly>(3));
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        }
        _isRead = true;
    }

    private async Task StoreAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, List<(LabelKind Kind, string Name)> names, DateOnly today, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            INSERT INTO "Labels" ("Kind", "Name", "SeenOn") SELECT k, n, $3 FROM unnest($1, $2) AS new(k, n)
            ON CONFLICT ("Kind", "Name") DO UPDATE SET "SeenOn" = EXCLUDED."SeenOn" RETURNING "Kind", "Name", "Id"
            """, connection, transaction);
        command.Parameters.Add(Sql.Column(names, name => (short)name.Kind));
        command.Parameters.Add(Sql.Texts(names, name => name.Name));
        command.Parameters.Add(Sql.Of(today));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            _known[((LabelKind)rows.GetInt16(0), rows.GetString(1))] = (rows.GetInt32(2), today);
    }
}
