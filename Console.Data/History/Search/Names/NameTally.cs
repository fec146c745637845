namespace OpsConsole.Data.History.Search.Names;

/// <summary>Names that are known, and how often they were seen since they were last written. Every attempt of the ingestion comes through here.</summary>
public sealed class NameTally
{
    private readonly Dictionary<(NameField Field, string Name), Seen> _all = [];
    private readonly Dictionary<NameField, int> _counts = [];
    private readonly List<Seen> _pending = [];

    public sealed class Seen(NameField field, string name)
    {
        public NameField Field { get; } = field;

        public string Name { get; } = name;

        public long Count { get; internal set; }

        public DateTimeOffset LastAt { get; internal set; }
    }

    /// <summary>Whether a name has come that is not written yet: nobody would find it.</summary>
    public bool HasNew { get; private set; }

    /// <summary>What was seen since it was last written.</summary>
    public IReadOnlyList<Seen> Pending => _pending;

    public Seen Know(NameField field, string name)
    {
        if (_all.TryGetValue((field, name), out var known)) return known;
        _counts[field] = _counts.GetValueOrDefault(field) + 1;
        return _all[(field, name)] = new(field, name);
    }

    public void Add(AttemptRow attempt)
    {
        foreach (var (field, name) in NameFields.Of(attempt))
            if (name.Length > 0) Add(_all.GetValueOrDefault((field, name)) ?? New(field, name), attempt.EndedAt);
    }

    public void Written()
    {
        foreach (var seen in _pending)
            seen.Count = 0;
        _pending.Clear();
        HasNew = false;
    }

    private void Add(Seen seen, DateTimeOffset at)
    {
        if (seen.Count++ == 0) _pending.Add(seen);
        if (at > seen.LastAt) seen.LastAt = at;
    }

    /// <summary>The name, or the empty one that stands for those that are not kept.</summary>
    private Seen New(NameField field, string name)
    {
        var kept = name.Length <= NameFields.LongestName && _counts.GetValueOrDefault(field) < NameFields.Most ? name : "";
        HasNew |= !_all.ContainsKey((field, kept));
        return Know(field, kept);
    }
}
