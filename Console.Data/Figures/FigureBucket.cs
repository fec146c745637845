namespace OpsConsole.Data.Figures;

/// <summary>What a row counts: names that its facet does not tell apart are empty.</summary>
internal readonly record struct FigureKey(FigureFacet Facet, string Type, string Queue, string Host);

/// <summary>One minute, hour or day as it is in memory: all its rows, with what they come to.</summary>
internal sealed class FigureBucket(FigureGrain grain, DateTimeOffset at)
{
    private readonly Dictionary<FigureKey, FigureTotals> _rows = [];
    private readonly HashSet<FigureKey> _changed = [];
    private readonly int[] _perFacet = new int[(int)FigureFacet.Cell + 1];

    public FigureGrain Grain => grain;

    public DateTimeOffset At => at;

    /// <summary>Takes a row as it is stored.</summary>
    public void Load(FigureKey key, FigureTotals totals)
    {
        _rows[key] = totals;
        _perFacet[(int)key.Facet]++;
    }

    /// <summary>Adds what ended within it to all the rows that count it.</summary>
    public void Add(FigureKey cell, FigureTotals fresh)
    {
        var type = Named(FigureFacet.Type, cell.Type, FigureLimits.Types);
        var queue = Named(FigureFacet.Queue, cell.Queue, FigureLimits.Queues);
        var host = Named(FigureFacet.Host, cell.Host, FigureLimits.Hosts);
        Merge(new FigureKey(FigureFacet.All, "", "", ""), fresh);
        Merge(Whole(FigureFacet.Type, type), fresh);
        Merge(Whole(FigureFacet.Queue, queue), fresh);
        Merge(Whole(FigureFacet.Host, host), fresh);
        var key = new FigureKey(FigureFacet.Cell, type, queue, host);
        if (!_rows.ContainsKey(key) && _perFacet[(int)FigureFacet.Cell] >= FigureLimits.Cells)
            key = new FigureKey(FigureFacet.Cell, FigureLimits.Other, FigureLimits.Other, FigureLimits.Other);
        Merge(key, fresh);
    }

    /// <summary>Hands out what has changed since the last time.</summary>
    public void TakeChanged(List<FigureRow> rows)
    {
        foreach (var key in _changed)
            rows.Add(new FigureRow(grain, at, key, _rows[key]));
        _changed.Clear();
    }

    private string Named(FigureFacet facet, string name, int limit) =>
        _perFacet[(int)facet] < limit || _rows.ContainsKey(Whole(facet, name)) ? name : FigureLimits.Other;

    private void Merge(FigureKey key, FigureTotals fresh)
    {
        if (!_rows.TryGetValue(key, out var totals))
        {
            _rows[key] = totals = new FigureTotals();
            _perFacet[(int)key.Facet]++;
        }
        totals.AddAll(fresh);
        _changed.Add(key);
    }

    private static FigureKey Whole(FigureFacet facet, string name) => new(
        facet, facet == FigureFacet.Type ? name : "", facet == FigureFacet.Queue ? name : "", facet == FigureFacet.Host ? name : "");
}

/// <summary>One row of the figures.</summary>
internal sealed record FigureRow(FigureGrain Grain, DateTimeOffset At, FigureKey Key, FigureTotals Totals);
