using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Spreadsheets;

namespace OpsConsole.Samples.Reports.Reporting;

/// <summary>Figures of one region. Amounts are per order.</summary>
public sealed record RegionFigures(
    string Region, int Orders, decimal Total, decimal Mean, decimal Median, decimal Percentile90, decimal Percentile99, decimal Largest,
    double TrendPerDay, string Direction, DateOnly BestDay);

/// <summary>Reads the orders of a report back and finds out what they say, region by region.</summary>
public sealed class SalesAnalysis(IOptions<ReportsOptions> options, TimeProvider time)
{
    // A slope within this share of the daily mean is noise, not a trend.
    private const double SteadyShare = 0.002;

    // Reading a row takes a fraction of what writing one takes.
    private const int RowsForOneWritten = 4;

    /// <exception cref="InvalidDataException">The file is not a report.</exception>
    public async Task<IReadOnlyList<RegionFigures>> ReadAsync(string path, JobContext job, CancellationToken cancellation)
    {
        using var workbook = new WorkbookReader(path);
        var amounts = new SortedDictionary<string, List<(DateOnly Day, decimal Amount)>>(StringComparer.Ordinal);
        var expected = Math.Max(1, ExpectedOrders(workbook));
        var pace = new Pace(options.Value.RowsPerSecond * RowsForOneWritten, time);
        var rows = 0;
        foreach (var row in workbook.Rows(SalesReport.OrdersSheet).Skip(1))
        {
            if (Pace.IsDue(++rows))
            {
                await pace.WaitAsync(rows, cancellation);
                job.Progress(Math.Min(95, 95.0 * rows / expected), $"{rows:N0} of {expected:N0} orders read");
            }
            var (region, day, amount) = Parse(row, rows);
            if (!amounts.TryGetValue(region, out var list))
                amounts.Add(region, list = []);
            list.Add((day, amount));
        }
        if (rows == 0)
            throw new InvalidDataException($"The sheet {SalesReport.OrdersSheet} of '{Path.GetFileName(path)}' has no orders, so that there is nothing to analyse.");
        return [.. amounts.Select(region => FiguresOf(region.Key, region.Value))];
    }

    private static int ExpectedOrders(WorkbookReader workbook) => workbook.Rows(SalesReport.SummarySheet).Skip(1)
        .Sum(row => row.Count > 1 && int.TryParse(row[1], NumberStyles.None, CultureInfo.InvariantCulture, out var orders) ? orders : 0);

    private static (string Region, DateOnly Day, decimal Amount) Parse(IReadOnlyList<string> row, int number)
    {
        if (row.Count >= 8
            && double.TryParse(row[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var placed)
            && decimal.TryParse(row[7], NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
            return (row[2], DateOnly.FromDateTime(DateTime.FromOADate(placed)), amount);
        throw new InvalidDataException($"Row {number + 1} of the sheet {SalesReport.OrdersSheet} is not an order. Generate the report again.");
    }

    private static RegionFigures FiguresOf(string region, List<(DateOnly Day, decimal Amount)> orders)
    {
        var sorted = orders.Select(order => order.Amount).Order().ToList();
        var total = sorted.Sum();
        var days = orders.GroupBy(order => order.Day).OrderBy(day => day.Key).Select(day => (Day: day.Key, Amount: day.Sum(o => o.Amount))).ToList();
        var slope = Statistics.Slope([.. days.Select(day => (double)day.Amount)]);
        return new RegionFigures(region, sorted.Count, total,
            Math.Round(total / sorted.Count, 2), Math.Round(Statistics.Percentile(sorted, 50), 2), Math.Round(Statistics.Percentile(sorted, 90), 2),
            Math.Round(Statistics.Percentile(sorted, 99), 2), sorted[^1], Math.Round(slope, 2), Direction(slope, (double)total / days.Count), days.MaxBy(day => day.Amount).Day);
    }

    private static string Direction(double slope, double mean) =>
        Math.Abs(slope) < mean * SteadyShare ? "steady" : slope > 0 ? "rising" : "falling";
}
