using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Reporting;

/// <summary>Orders of one region or product on one day.</summary>
public sealed record DayFigures(string Name, int Orders, decimal Amount);

/// <summary>What one folder of the host holds.</summary>
public sealed record FolderFigures(string Folder, int Files, long Bytes);

/// <summary>The figures of one day, as they are kept in <c>metrics</c>.</summary>
public sealed record DailyMetrics(string Day, int Orders, decimal Amount, IReadOnlyList<DayFigures> Regions, IReadOnlyList<DayFigures> Products, IReadOnlyList<FolderFigures> Folders);

/// <summary>Figures that are wanted every morning.</summary>
[Retry(Times = 3, Backoff = Backoff.Listed, DelaysSeconds = [60, 120, 240])]
public sealed class MetricsJobs(DataFolder data, SalesLedger ledger, TimeProvider time)
{
    private const string Format = "yyyy-MM-dd";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Job("metrics.daily", Description = "Works out orders and amounts of one day by region and product, beside what the host keeps on its disk, as JSON.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public async Task<DailyMetrics> DailyAsync(JobContext job, [Description("The day, as in 2026-11-19; by default the day before, by UTC")] string? day = null, CancellationToken cancellation = default)
    {
        var date = day is null ? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1) : Parse(day);
        var sales = await ReadAsync(date, cancellation);
        var metrics = new DailyMetrics(Text(date), sales.Count, sales.Sum(sale => sale.Amount),
            By(sales, sale => sale.Region.ToString()), By(sales, sale => sale.Product), Folders());
        var path = Path.Combine(data.Metrics, metrics.Day + ".json");
        await AtomicFile.WriteAsync(path, part => File.WriteAllTextAsync(part, JsonSerializer.Serialize(metrics, Json), cancellation));
        job.Progress(100, "Done");
        job.Log($"{metrics.Day}: {metrics.Orders:N0} orders for {metrics.Amount:N2}, in {data.Relative(path)}");
        return metrics;
    }

    private async Task<List<Sale>> ReadAsync(DateOnly day, CancellationToken cancellation)
    {
        var month = Month.Of(day.ToDateTime(TimeOnly.MinValue));
        var sales = new List<Sale>();
        // A month without sales has no folder, and its days have none either.
        if (!Directory.Exists(ledger.FolderOf(month)))
            return sales;
        await foreach (var sale in ledger.ReadAsync(month, 1, cancellation))
        {
            if (DateOnly.FromDateTime(sale.PlacedAt) == day)
                sales.Add(sale);
        }
        return sales;
    }

    private List<FolderFigures> Folders() =>
        [.. new DirectoryInfo(data.Root).EnumerateDirectories().OrderBy(folder => folder.Name, StringComparer.Ordinal).Select(folder =>
        {
            var files = folder.GetFiles("*", SearchOption.AllDirectories);
            return new FolderFigures(folder.Name, files.Length, files.Sum(file => file.Exists ? file.Length : 0));
        })];

    private static List<DayFigures> By(List<Sale> sales, Func<Sale, string> name) =>
        [.. sales.GroupBy(name).Select(group => new DayFigures(group.Key, group.Count(), group.Sum(sale => sale.Amount))).OrderByDescending(figures => figures.Amount)];

    private static DateOnly Parse(string day) => DateOnly.TryParseExact(day, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : throw new ArgumentException($"'{day}' is not a day. Write year, month and day as in 2026-11-19.", nameof(day));

    private static string Text(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);
}
