namespace OpsConsole.Data.Figures;

/// <summary>Which attempts figures count: those of a type, a queue, a host, or what they have in common. Null takes all.</summary>
public sealed record FigureFilter(string? Type = null, string? Queue = null, string? Host = null)
{
    public static readonly FigureFilter None = new();

    public bool IsNone => this == None;

    /// <summary>The rows to read, with as little to add up as can be.</summary>
    internal FigureFacet Facet => (Type, Queue, Host) switch
    {
        (null, null, null) => FigureFacet.All,
        (not null, null, null) => FigureFacet.Type,
        (null, not null, null) => FigureFacet.Queue,
        (null, null, not null) => FigureFacet.Host,
        _ => FigureFacet.Cell,
    };

    /// <summary>The rows to read for a list of what this filter lets through, by type, queue or host.</summary>
    internal FigureFacet FacetBy(FigureFacet by) => Facet == FigureFacet.All || Facet == by ? by : FigureFacet.Cell;
}

/// <summary>What one type, queue or host came to.</summary>
public sealed record NamedFigures(string Name, FigureTotals Totals);

/// <summary>A version of a job host that was seen for the first time.</summary>
/// <param name="At">On the first host.</param>
/// <param name="Hosts">How many have it by now.</param>
/// <param name="FirstHost">The one that had it first.</param>
/// <param name="IsChange">Whether a host that had run another version changed to it; else it came with hosts that were new.</param>
public sealed record Deploy(DateTimeOffset At, string Version, int Hosts, string FirstHost, bool IsChange = true);
