using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures;

/// <summary>Adds up a batch by minute and cell first, so that what is merged into many rows is merged once for many attempts.</summary>
internal static class BatchFigures
{
    public static Dictionary<(DateTimeOffset Minute, FigureKey Cell), FigureTotals> Of(HistoryBatch batch)
    {
        var figures = new Dictionary<(DateTimeOffset, FigureKey), FigureTotals>();
        foreach (var attempt in batch.Attempts)
            Of(figures, attempt.EndedAt, attempt.Type, attempt.Queue, attempt.Host).Add(attempt);
        foreach (var arrivals in batch.Arrivals)
            Of(figures, arrivals.Minute, arrivals.Type, arrivals.Queue, "").Arrived += arrivals.Count;
        return figures;
    }

    private static FigureTotals Of(Dictionary<(DateTimeOffset, FigureKey), FigureTotals> figures, DateTimeOffset at, string type, string queue, string host)
    {
        var key = (FigureGrain.Minute.Floor(at), new FigureKey(FigureFacet.Cell, Cut(type), Cut(queue), Cut(host)));
        if (!figures.TryGetValue(key, out var totals))
            figures[key] = totals = new FigureTotals();
        return totals;
    }

    private static string Cut(string name) =>
        name.Length <= FigureLimits.Name && name.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !name.Contains('\0') ? name : StoredText.Clean(name, FigureLimits.Name);
}
