namespace OpsConsole.Web.Controls;

/// <summary>
/// Rows that hold still while someone reads or selects: their facts go on changing, but none moves, none comes, and one
/// that is gone stays in its place and is marked. What is new is counted.
/// </summary>
public sealed class HeldRows<TRow>(Func<TRow, string> key)
{
    private readonly Dictionary<string, TRow> _last = new(StringComparer.Ordinal);

    public IReadOnlyList<HeldRow<TRow>> Rows { get; private set; } = [];

    /// <summary>How many rows wait to be shown.</summary>
    public int New { get; private set; }

    public void Take(IReadOnlyList<TRow> newest, bool isHeld)
    {
        if (!isHeld || Rows.Count == 0)
        {
            Rows = [.. newest.Select(row => new HeldRow<TRow>(key(row), row, false))];
            New = 0;
            return;
        }
        _last.Clear();
        foreach (var row in newest)
            _last[key(row)] = row;
        Rows = [.. Rows.Select(held => _last.TryGetValue(held.Key, out var row) ? new HeldRow<TRow>(held.Key, row, false) : held with { IsGone = true })];
        New = _last.Count - Rows.Count(row => !row.IsGone);
    }
}

/// <summary>One row.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Row">As last known.</param>
/// <param name="IsGone">No longer in the list that it came from.</param>
public sealed record HeldRow<TRow>(string Key, TRow Row, bool IsGone);
