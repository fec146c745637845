using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Samples.Reports.Spreadsheets;

namespace OpsConsole.Tests.Samples;

public sealed class ReportJobsTests : IDisposable
{
    private readonly SampleFolder _sample = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Report_holds_every_order_of_its_month_and_totals_that_agree()
    {
        await _sample.MakeSalesAsync();
        var sales = await _sample.Ledger.ReadAsync(new Month(2026, 10), 1, Cancellation).ToListAsync(Cancellation);

        var file = await _sample.ReportJobs.GenerateAsync("2026-10", _sample.Job, cancellation: Cancellation);

        Assert.Equal("reports/sales-2026-10-all.xlsx", file.File);
        Assert.Equal((sales.Count, sales.Sum(sale => sale.Amount), true), (file.Orders, file.Amount, file.IsComplete));
        using var workbook = new WorkbookReader(_sample.Data.Existing(file.File));
        Assert.Equal(["Summary", "Orders", "Days", "Products"], workbook.Sheets);
        var orders = workbook.Rows("Orders").Skip(1).ToList();
        Assert.Equal(sales.Select(sale => sale.Number.ToString(CultureInfo.InvariantCulture)), orders.Select(row => row[0]));
        Assert.Equal(sales[7].PlacedAt, DateTime.FromOADate(double.Parse(orders[7][1], CultureInfo.InvariantCulture)), TimeSpan.FromSeconds(1));
        foreach (var sheet in new[] { ("Summary", 3), ("Days", 4), ("Products", 3) })
            Assert.Equal(file.Amount, workbook.Rows(sheet.Item1).Skip(1).Where(row => row.Count > 1).Sum(row => decimal.Parse(row[sheet.Item2], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Workbook_is_valid_for_Excel_and_shows_dates_and_amounts_as_such()
    {
        await _sample.MakeSalesAsync();
        var file = await _sample.ReportJobs.GenerateAsync("2026-11", _sample.Job, region: Region.North, cancellation: Cancellation);

        using var document = SpreadsheetDocument.Open(_sample.Data.Existing(file.File), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document, Cancellation).Select(error => $"{error.Part?.Uri} {error.Description}"));
        var formats = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet.NumberingFormats!.Elements<NumberingFormat>().Select(format => format.FormatCode!.Value);
        Assert.Equal(["#,##0.00", @"yyyy\-mm\-dd", @"yyyy\-mm\-dd\ hh:mm"], formats);
    }

    [Fact]
    public async Task Report_of_one_region_over_months_has_no_other_region_in_it()
    {
        await _sample.MakeSalesAsync();
        var file = await _sample.ReportJobs.GenerateAsync("2026-09", _sample.Job, months: 3, region: Region.West, name: "west", cancellation: Cancellation);

        using var workbook = new WorkbookReader(_sample.Data.Existing("reports/west.xlsx"));
        Assert.All(workbook.Rows("Orders").Skip(1), row => Assert.Equal("West", row[2]));
        Assert.InRange(file.Orders, 1, int.MaxValue);
    }

    [Fact]
    public async Task Progress_never_goes_back_and_ends_at_one_hundred()
    {
        await _sample.MakeSalesAsync();
        await _sample.ReportJobs.GenerateAsync("2026-10", _sample.Job, cancellation: Cancellation);

        var percents = _sample.Job.Reported.Select(report => report.Percent).ToList();
        Assert.True(percents.Count > 4);
        Assert.Equal(percents.Order(), percents);
        Assert.Equal(100, percents[^1]);
    }

    [Fact]
    public async Task Month_without_sales_is_refused_with_the_months_there_are()
    {
        await _sample.MakeSalesAsync();
        var refusal = await Assert.ThrowsAsync<SalesMissingException>(() => _sample.ReportJobs.GenerateAsync("2031-02", _sample.Job, cancellation: Cancellation));
        Assert.Contains("from 2026-09 to 2026-11", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-13", 1, null, "is not a month")]
    [InlineData("October", 1, null, "is not a month")]
    [InlineData("2026-10", 0, null, "1 to 24 months")]
    [InlineData("2026-10", 1, "../escape", "cannot be a file name")]
    public async Task Arguments_that_make_no_sense_are_refused_and_say_why(string month, int months, string? name, string why)
    {
        await _sample.MakeSalesAsync();
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => _sample.ReportJobs.GenerateAsync(month, _sample.Job, months, name: name, cancellation: Cancellation));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Soft_limit_ends_the_report_early_and_the_report_says_so()
    {
        await _sample.MakeSalesAsync();
        _sample.Job.OnProgress = _ => _sample.Job.SoftLimit.Cancel();

        var file = await _sample.ReportJobs.GenerateAsync("2026-10", _sample.Job, cancellation: Cancellation);

        Assert.False(file.IsComplete);
        Assert.InRange(file.Orders, 1, 500);
        Assert.Contains(_sample.Job.Lines, line => line.Level == JobLogLevel.Warning);
        using var workbook = new WorkbookReader(_sample.Data.Existing(file.File));
        Assert.Contains("cut short", workbook.Rows("Summary").Last()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_report_leaves_no_file()
    {
        await _sample.MakeSalesAsync();
        using var cancel = new CancellationTokenSource();
        _sample.Job.OnProgress = _ => cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sample.ReportJobs.GenerateAsync("2026-10", _sample.Job, cancellation: cancel.Token));
        Assert.Empty(Directory.EnumerateFiles(_sample.Data.Reports));
    }

    [Fact]
    public async Task Paced_report_waits_for_the_clock()
    {
        await _sample.MakeSalesAsync();
        _sample.Reports.RowsPerSecond = 100;
        var report = _sample.ReportJobs.GenerateAsync("2026-10", _sample.Job, cancellation: Cancellation);

        while (!report.IsCompleted)
        {
            if (_sample.Time.Waiting > 0)
                _sample.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var orders = (await report).Orders;
        Assert.Equal(orders / 100.0, (_sample.Time.GetUtcNow() - new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero)).TotalSeconds, tolerance: 3.5);
    }
}
