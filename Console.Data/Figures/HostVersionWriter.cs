using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures;

/// <summary>Notes when a host was first seen with a version, by the start of a worker or, should that have been missed, by what it ran.</summary>
public sealed class HostVersionWriter : IHistoryPart
{
    private const int MaxKnown = 10_000;

    private const string Write = """
        INSERT INTO "HostVersions" AS v SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT ("Host", "Version") DO UPDATE SET "FirstAt" = excluded."FirstAt" WHERE v."FirstAt" > excluded."FirstAt"
        """;

    private readonly HashSet<(string Host, string Version)> _known = [];

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HistoryBatch batch, CancellationToken cancel)
    {
        var fresh = Fresh(batch);
        if (fresh.Count == 0)
            return;
        HostStart[] rows = [.. fresh.Select(pair => new HostStart(pair.Value, pair.Key.Host, pair.Key.Version))];
        await using var command = new NpgsqlCommand(Write, connection, transaction);
        command.Parameters.AddAll([Sql.Texts(rows, r => r.Host), Sql.Texts(rows, r => r.Version), Sql.Times(rows, r => r.At)]);
        await command.ExecuteNonQueryAsync(cancel);
        if (_known.Count + fresh.Count > MaxKnown)
            _known.Clear();
        _known.UnionWith(fresh.Keys);
    }

    public void Forget() => _known.Clear();

    private Dictionary<(string Host, string Version), DateTimeOffset> Fresh(HistoryBatch batch)
    {
        var fresh = new Dictionary<(string, string), DateTimeOffset>();
        foreach (var start in batch.HostStarts)
            Note(fresh, start.Host, start.Version, start.At);
        foreach (var attempt in batch.Attempts)
            Note(fresh, attempt.Host, attempt.Version, attempt.StartedAt ?? attempt.EndedAt);
        return fresh;
    }

    private void Note(Dictionary<(string, string), DateTimeOffset> fresh, string host, string version, DateTimeOffset at)
    {
        if (host.Length == 0 || version.Length == 0 || _known.Contains((host, version)))
            return;
        var key = (StoredText.Clean(host, FigureLimits.Name), StoredText.Clean(version, FigureLimits.Name));
        if (!_known.Contains(key) && (!fresh.TryGetValue(key, out var before) || at < before))
            fresh[key] = at;
    }
}
