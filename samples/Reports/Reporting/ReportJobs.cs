using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Reporting;

/// <summary>A report that was written.</summary>
public sealed record ReportFile(string File, int Orders, decimal Amount, int Sheets, long Bytes, bool IsComplete);

/// <summary>What an analysis found.</summary>
public sealed record AnalysisFile(string File, int Orders, decimal Total, string StrongestRegion, IReadOnlyList<RegionFigures> Regions);

/// <summary>The heavy work of the host.</summary>
[Retry(Times = 3, Backoff = Backoff.Listed, DelaysSeconds = [60, 120, 240])]
public sealed class ReportJobs(DataFolder data, SalesReport report, SalesAnalysis analysis, ReportCleanUp cleanUp)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Job("reports.generate", Queue = "reports", Description = "Writes the orders of one or more months into an Excel workbook with totals by day, product and region.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public async Task<ReportFile> GenerateAsync(
        [Description("First month, as in 2026-10")] string month,
        JobContext job,
        [Description("How many months"), Range(1, SalesRange.MaxMonths)] int months = 1,
        [Description("Only orders of this region")] Region region = Region.All,
        [Description("Name of the file without .xlsx; by default made of month and region"), StringLength(80)] string? name = null,
        CancellationToken cancellation = default)
    {
        var range = SalesRange.Parse(month, months, region);
        var path = Path.Combine(data.Reports, FileName.Check(name ?? range.FileName) + ".xlsx");
        var (orders, amount, complete) = (0, 0m, true);
        await AtomicFile.WriteAsync(path, async part => (orders, amount, complete) = await report.WriteAsync(part, range, job, cancellation));
        var file = new ReportFile(data.Relative(path), orders, amount, 4, new FileInfo(path).Length, complete);
        job.Progress(100, "Done");
        job.Log($"Wrote {file.File}: {orders:N0} orders, {file.Bytes:N0} bytes");
        return file;
    }

    [Job("reports.analyse", Queue = "reports", Description = "Reads a report back and works out totals, percentiles and trend of each region.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public async Task<AnalysisFile> AnalyseAsync([Description("A report, as in reports/sales-2026-10-all.xlsx")] string file, JobContext job, CancellationToken cancellation)
    {
        var source = data.Existing(file);
        var regions = await analysis.ReadAsync(source, job, cancellation);
        foreach (var region in regions)
            job.Log($"{region.Region}: {region.Orders:N0} orders, {region.Total:N2} in total, {region.Direction} by {Math.Abs(region.TrendPerDay):N2} a day");

        var path = Path.Combine(data.Reports, Path.GetFileNameWithoutExtension(source) + "-analysis.json");
        var result = new AnalysisFile(data.Relative(path), regions.Sum(r => r.Orders), regions.Sum(r => r.Total), regions.MaxBy(r => r.Total)!.Region, regions);
        await AtomicFile.WriteAsync(path, part => File.WriteAllTextAsync(part, JsonSerializer.Serialize(result, Json), cancellation));
        job.Progress(100, "Done");
        return result;
    }

    [Job("reports.clean", Description = "Deletes products older than the time to keep them, then the oldest until the data folder is within its limit.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public CleanUpResult Clean(JobContext job, CancellationToken cancellation)
    {
        var result = cleanUp.Run(cancellation);
        job.Log($"Deleted {result.Expired:N0} expired files and {result.OverLimit:N0} over the limit, {result.FreedBytes:N0} bytes; {result.LeftBytes:N0} bytes are left");
        return result;
    }
}
