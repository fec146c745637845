namespace OpsConsole.Data.History.Search.Names;

/// <summary>Names seen since they were last written, and those that are known to be written.</summary>
public sealed class NameTally
{
    private readonly Dictionary<(NameField Field, string Name), Seen> _seen = [];
    private readonly HashSet<(NameField Field, string Name)> _known = [];
    private readonly Dictionary<NameField, int> _counts = [];

    public sealed record Seen(NameField Field, string Name, long Count, DateTimeOffset LastAt);

    /// <summary>Whether a name has come that is not written yet: nobody would find it.</summary>
    public bool HasNew { get; private set; }

    public IReadOnlyCollection<Seen> Pending => _seen.Values;

    public void Know(NameField field, string name)
    {
        if (_known.Add((field, name))) _counts[field] = _counts.GetValueOrDefault(field) + 1;
    }

    public void Add(AttemptRow attempt)
    {
        foreach (var (field, name) in NameFields.Of(attempt))
            if (name.Length > 0) Add(field, Kept(field, name), attempt.EndedAt);
    }

    public void Written()
    {
        _seen.Clear();
        HasNew = false;
    }

    private void Add(NameField field, string name, DateTimeOffset at)
    {
        if (!_known.Contains((field, name)))
        {
            Know(field, name);
            HasNew = true;
        }
        _seen[(field, name)] = _seen.TryGetValue((field, name), out var seen)
            ? seen with { Count = seen.Count + 1, LastAt = at > seen.LastAt ? at : seen.LastAt }
            : new(field, name, 1, at);
    }

    /// <summary>The name, or the empty one that stands for those that are not kept.</summary>
    private string Kept(NameField field, string name) =>
        _known.Contains((field, name)) || name.Length <= NameFields.LongestName && _counts.GetValueOrDefault(field) < NameFields.Most ? name : "";
}
