using OpsConsole.Samples.Reports.Sales;

namespace OpsConsole.Samples.Reports.Reporting;

/// <summary>What a report is about.</summary>
public sealed record SalesRange(Month From, int Months, Region Region)
{
    public const int MaxMonths = 24;

    /// <exception cref="ArgumentException">Not a month, not a number of months, not a region.</exception>
    public static SalesRange Parse(string month, int months, Region region)
    {
        if (months is < 1 or > MaxMonths)
            throw new ArgumentException($"A report covers 1 to {MaxMonths} months, not {months}.", nameof(months));
        if (!Enum.IsDefined(region))
            throw new ArgumentException($"There is no region {(int)region}. Use one of {string.Join(", ", Enum.GetNames<Region>())}.", nameof(region));
        return new SalesRange(Month.Parse(month), months, region);
    }

    /// <summary>Name of its file unless the caller gives one.</summary>
    public string FileName => $"sales-{From}{(Months > 1 ? $"-{Months}m" : "")}-{Region}".ToLowerInvariant();

    public override string ToString() =>
        $"{From}{(Months > 1 ? $" to {From.Add(Months - 1)}" : "")}, {(Region == Region.All ? "all regions" : Region.ToString())}";
}
