using System.Text.Json;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Failures;

/// <summary>One queue, worker, host or version that failures of a group came from.</summary>
public sealed record FacetValue(string Value, long Count, DateTimeOffset LastAt);

/// <summary>
/// Where the failures of a group came from. Of each kind the <see cref="GroupLimits.FacetValues"/> seen last are named: a worker that
/// is gone gives its place to one that fails now.
/// </summary>
public sealed class GroupFacets
{
    private readonly Dictionary<string, Dictionary<string, long[]>> _kinds;

    private GroupFacets(Dictionary<string, Dictionary<string, long[]>> kinds) => _kinds = kinds;

    public GroupFacets()
        : this(new(StringComparer.Ordinal))
    {
    }

    /// <summary>Most failures first, as are the others.</summary>
    public IReadOnlyList<FacetValue> Queues => Of("queues");

    public IReadOnlyList<FacetValue> Workers => Of("workers");

    public IReadOnlyList<FacetValue> Hosts => Of("hosts");

    public IReadOnlyList<FacetValue> Versions => Of("versions");

    internal void Add(AttemptRow attempt)
    {
        Add("queues", attempt.Queue, attempt.EndedAt);
        Add("workers", attempt.Worker, attempt.EndedAt);
        Add("hosts", attempt.Host, attempt.EndedAt);
        Add("versions", attempt.Version, attempt.EndedAt);
    }

    internal string ToJson() => JsonSerializer.Serialize(_kinds);

    internal static GroupFacets Parse(string json) => new(JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, long[]>>>(json)!);

    private void Add(string kind, string value, DateTimeOffset at)
    {
        if (value.Length == 0) return;
        if (!_kinds.TryGetValue(kind, out var values))
            _kinds[kind] = values = new(StringComparer.Ordinal);
        var name = StoredText.Clean(value, GroupLimits.FacetValue);
        if (!values.TryGetValue(name, out var known))
        {
            if (values.Count >= GroupLimits.FacetValues)
                values.Remove(values.MinBy(pair => pair.Value[1]).Key);
            values[name] = known = [0, 0];
        }
        known[0]++;
        known[1] = Math.Max(known[1], at.ToUnixTimeMilliseconds());
    }

    private List<FacetValue> Of(string kind) =>
        !_kinds.TryGetValue(kind, out var values) ? [] :
        [
            .. values.Select(pair => new FacetValue(pair.Key, pair.Value[0], DateTimeOffset.FromUnixTimeMilliseconds(pair.Value[1])))
                .OrderByDescending(value => value.Count).ThenByDescending(value => value.LastAt),
        ];
}
