using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Client;

/// <summary>The catalogue at one moment, by every name that a type can be asked for.</summary>
internal sealed class CatalogueIndex
{
    private const int NearNames = 3;
    private readonly Dictionary<string, JobType> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobType> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, JobType> _byMethod;

    public CatalogueIndex(IEnumerable<JobType> types, long readAt)
    {
        ReadAt = readAt;
        // A name stays when its method gets other parameters: the newest publication is the one to offer and to enqueue.
        foreach (var type in types.OrderBy(type => type.PublishedAt ?? DateTimeOffset.MinValue))
        {
            _byKey[type.Key] = type;
            _byName[type.Name] = type;
        }
        All = [.. _byName.Values.OrderBy(type => type.Name, StringComparer.OrdinalIgnoreCase)];
        _byMethod = All.ToLookup(type => TypeNames.Name(type.TypeName, type.Method), StringComparer.Ordinal);
    }

    public long ReadAt { get; }

    public IReadOnlyList<JobType> All { get; }

    public JobType? ByKey(string key) => _byKey.GetValueOrDefault(key);

    public JobType? Find(string nameOrKey)
    {
        if (_byName.TryGetValue(nameOrKey, out var named))
            return named;
        if (_byKey.TryGetValue(nameOrKey, out var keyed))
            return keyed;
        return _byMethod[nameOrKey].Take(2).ToList() is [var only] ? only : null;
    }

    /// <summary>Friendly names that were perhaps meant, nearest first.</summary>
    public IReadOnlyList<string> NamesNear(string name) =>
        [.. All.Select(type => (type.Name, Distance: Distance(type.Name, name)))
            .Where(near => near.Distance <= Math.Max(2, near.Name.Length / 3) || (name.Length > 2 && near.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(near => near.Distance)
            .Take(NearNames)
            .Select(near => near.Name)];

    // Edits between two names, case ignored; long texts are cut, for nobody mistypes 100 characters.
    private static int Distance(string left, string right)
    {
        var a = left.Length > 100 ? left[..100] : left;
        var b = right.Length > 100 ? right[..100] : right;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost));
            }
        }
        return row[b.Length];
    }
}
