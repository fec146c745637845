using Microsoft.Extensions.Options;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Samples.Reports.Spreadsheets;

namespace OpsConsole.Samples.Reports.Reporting;

/// <summary>Writes the orders of some months into a workbook of four sheets.</summary>
public sealed class SalesReport(SalesLedger ledger, IOptions<ReportsOptions> options, TimeProvider time)
{
    public const string OrdersSheet = "Orders";
    public const string SummarySheet = "Summary";
    private const int RowsOfASheet = 1_048_575;

    /// <summary>Writes the file; returns its orders, and whether the soft limit cut it short.</summary>
    public async Task<(int Orders, decimal Amount, bool IsComplete)> WriteAsync(string path, SalesRange range, JobContext job, CancellationToken cancellation)
    {
        ledger.Require(range.From, range.Months);
        var lines = await ledger.CountAsync(range.From, range.Months, cancellation);
        if (lines > RowsOfASheet)
            throw new ArgumentException($"{range} has {lines:N0} orders, and a sheet holds {RowsOfASheet:N0}. Ask for fewer months.", nameof(range));
        job.Log($"{range}: {lines:N0} ledger lines to read");

        using var workbook = new WorkbookWriter(path);
        var totals = new SalesTotals();
        var (orders, complete) = await WriteOrdersAsync(workbook, range, lines, totals, job, cancellation);
        job.Progress(95, "Writing totals");
        WriteDays(workbook, totals);
        WriteProducts(workbook, totals);
        WriteSummary(workbook, range, totals, complete);
        workbook.Finish(first: SummarySheet);
        return (orders, totals.Amount, complete);
    }

    private async Task<(int Orders, bool IsComplete)> WriteOrdersAsync(WorkbookWriter workbook, SalesRange range, int lines, SalesTotals totals, JobContext job, CancellationToken cancellation)
    {
        using var sheet = workbook.AddSheet(OrdersSheet,
            new Column("Order", CellFormat.Text, 16), new Column("Placed", CellFormat.Moment, 18), new Column("Region"), new Column("Product", CellFormat.Text, 24),
            new Column("Customer", CellFormat.Text, 26), new Column("Quantity", CellFormat.Whole, 10), new Column("Unit price", CellFormat.Money), new Column("Amount", CellFormat.Money));
        var pace = new Pace(options.Value.RowsPerSecond, time);
        var read = 0;
        await foreach (var sale in ledger.ReadAsync(range.From, range.Months, cancellation))
        {
            if (Pace.IsDue(++read))
            {
                if (job.SoftLimitReached.IsCancellationRequested)
                    return CutShort(sheet, read, lines, job);
                job.Progress(94.0 * read / lines, $"Row {read:N0} of {lines:N0}");
                await pace.WaitAsync(read, cancellation);
            }
            if (read % 20_000 == 0)
                job.Log($"{read:N0} rows read, {sheet.Rows:N0} orders written, {totals.Amount:N2} so far");
            if (range.Region != Region.All && sale.Region != range.Region)
                continue;
            sheet.Add(sale.Number.ToString(null, null), sale.PlacedAt, sale.Region.ToString(), sale.Product, sale.Customer, sale.Quantity, sale.UnitPrice, sale.Amount);
            totals.Add(sale);
        }
        return (sheet.Rows, true);
    }

    private static (int Orders, bool IsComplete) CutShort(SheetWriter sheet, int read, int lines, JobContext job)
    {
        job.Log($"Soft time limit reached at row {read:N0} of {lines:N0}: the report ends here and says so in its summary", JobLogLevel.Warning);
        return (sheet.Rows, false);
    }

    private static void WriteDays(WorkbookWriter workbook, SalesTotals totals)
    {
        using var sheet = workbook.AddSheet("Days",
            new Column("Day", CellFormat.Date), new Column("Region"), new Column("Orders", CellFormat.Whole), new Column("Pieces", CellFormat.Whole), new Column("Amount", CellFormat.Money));
        foreach (var ((day, region), sum) in totals.Days)
            sheet.Add(day, region.ToString(), sum.Orders, sum.Pieces, sum.Amount);
    }

    private static void WriteProducts(WorkbookWriter workbook, SalesTotals totals)
    {
        using var sheet = workbook.AddSheet("Products",
            new Column("Product", CellFormat.Text, 24), new Column("Orders", CellFormat.Whole), new Column("Pieces", CellFormat.Whole), new Column("Amount", CellFormat.Money), new Column("Share", CellFormat.Percent));
        foreach (var (product, sum) in totals.Products)
            sheet.Add(product, sum.Orders, sum.Pieces, sum.Amount, totals.Amount == 0 ? 0m : sum.Amount / totals.Amount);
    }

    private static void WriteSummary(WorkbookWriter workbook, SalesRange range, SalesTotals totals, bool complete)
    {
        using var sheet = workbook.AddSheet(SummarySheet,
            new Column("Region", CellFormat.Text, 20), new Column("Orders", CellFormat.Whole), new Column("Pieces", CellFormat.Whole), new Column("Amount", CellFormat.Money), new Column("Share", CellFormat.Percent));
        foreach (var (region, orders, pieces, amount) in totals.Regions)
            sheet.Add(region.ToString(), orders, pieces, amount, totals.Amount == 0 ? 0m : amount / totals.Amount);
        sheet.Add(complete ? $"{range}" : $"{range}, cut short by its time limit");
    }
}
