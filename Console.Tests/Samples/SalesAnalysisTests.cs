using System.Text.Json;
using OpsConsole.Samples.Reports.Reporting;
using OpsConsole.Samples.Reports.Sales;

namespace OpsConsole.Tests.Samples;

public sealed class SalesAnalysisTests : IDisposable
{
    private readonly SampleFolder _sample = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Analysis_of_a_report_agrees_with_the_ledger()
    {
        await _sample.MakeSalesAsync();
        var report = await _sample.ReportJobs.GenerateAsync("2026-10", _sample.Job, cancellation: Cancellation);
        var north = (await _sample.Ledger.ReadAsync(new Month(2026, 10), 1, Cancellation).ToListAsync(Cancellation)).Where(sale => sale.Region == Region.North).ToList();

        var analysis = await _sample.ReportJobs.AnalyseAsync(report.File, _sample.Job, Cancellation);

        var figures = analysis.Regions.Single(region => region.Region == "North");
        Assert.Equal((north.Count, north.Sum(sale => sale.Amount), north.Max(sale => sale.Amount)), (figures.Orders, figures.Total, figures.Largest));
        Assert.Equal(report.Amount, analysis.Total);
        Assert.Equal(north.GroupBy(sale => sale.PlacedAt.Date).MaxBy(day => day.Sum(sale => sale.Amount))!.Key, figures.BestDay.ToDateTime(default));
        var stored = JsonSerializer.Deserialize<AnalysisFile>(await File.ReadAllTextAsync(_sample.Data.Existing("reports/sales-2026-10-all-analysis.json"), Cancellation), JsonSerializerOptions.Web);
        Assert.Equal(analysis.Regions, stored!.Regions);
    }

    [Fact]
    public async Task Report_that_was_cleaned_up_is_named_in_the_refusal()
    {
        var refusal = await Assert.ThrowsAsync<FileNotFoundException>(() => _sample.ReportJobs.AnalyseAsync("reports/gone.xlsx", _sample.Job, Cancellation));
        Assert.Contains("'reports/gone.xlsx'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_no_workbook_is_refused()
    {
        _sample.Put("reports/broken.xlsx", "not a zip at all");
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => _sample.ReportJobs.AnalyseAsync("reports/broken.xlsx", _sample.Job, Cancellation));
        Assert.Contains("is not an Excel workbook", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workbook_of_another_kind_is_refused_with_the_sheets_it_has()
    {
        await _sample.MakeDocumentsAsync();
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => _sample.ReportJobs.AnalyseAsync("documents/004-price-list.xlsx", _sample.Job, Cancellation));
        Assert.Contains("only Prices", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(50, 3)]
    [InlineData(90, 4.6)]
    [InlineData(100, 5)]
    public void Percentile_lies_between_its_neighbours(double percent, decimal expected) =>
        Assert.Equal(expected, Statistics.Percentile([1, 2, 3, 4, 5], percent));

    [Fact]
    public void Slope_of_a_line_is_its_rise()
    {
        Assert.Equal(2.5, Statistics.Slope([1, 3.5, 6, 8.5]), 6);
        Assert.Equal(0, Statistics.Slope([4]));
    }
}
