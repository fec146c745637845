namespace OpsConsole.Web.Kpis;

/// <summary>How a column of figures is measured.</summary>
public enum KpiUnit
{
    Text,
    Count,
    /// <summary>0 to 1.</summary>
    Share,
    Seconds,
    /// <summary>A multiple.</summary>
    Times,
}

/// <summary>A table of a report for files: each row has a name, and a figure for each column, or none.</summary>
/// <param name="Of">What its rows are.</param>
public sealed record KpiTable(string Title, string Of, IReadOnlyList<(string Header, KpiUnit Unit)> Columns, IReadOnlyList<(string Name, IReadOnlyList<KpiCell> Cells)> Rows);

/// <summary>A figure, or words.</summary>
public readonly record struct KpiCell(double? Number, string? Text)
{
    public static implicit operator KpiCell(double? number) => new(number is { } known && double.IsFinite(known) ? known : null, null);

    public static implicit operator KpiCell(long number) => new(number, null);

    public static implicit operator KpiCell(string text) => new(null, text);
}
