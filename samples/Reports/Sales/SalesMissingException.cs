namespace OpsConsole.Samples.Reports.Sales;

/// <summary>A month was asked for that the ledger does not have.</summary>
public sealed class SalesMissingException(string message) : Exception(message)
{
    internal static SalesMissingException For(Month month, IReadOnlyList<Month> known) => new(known.Count == 0
        ? $"There are no sales for {month}: the ledger is empty. Import sales first."
        : $"There are no sales for {month}: the ledger goes from {known[0]} to {known[^1]}. Ask for months in between.");
}
