using OpsConsole.Samples.Reports.Reporting;

namespace OpsConsole.Tests.Samples;

public sealed class MetricsJobsTests : IDisposable
{
    private readonly SampleFolder _sample = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Figures_are_of_the_day_before_unless_another_one_is_named()
    {
        await _sample.MakeSalesAsync();

        var yesterday = await Jobs().DailyAsync(_sample.Job, cancellation: Cancel);
        var another = await Jobs().DailyAsync(_sample.Job, "2026-10-03", Cancel);

        Assert.Equal(("2026-11-19", "2026-10-03"), (yesterday.Day, another.Day));
        Assert.True(yesterday.Orders > 0);
        Assert.Equal((yesterday.Orders, yesterday.Amount), (yesterday.Regions.Sum(region => region.Orders), yesterday.Products.Sum(product => product.Amount)));
        Assert.Contains(yesterday.Folders, folder => folder is { Folder: "ledger", Files: > 0 });
        Assert.True(File.Exists(_sample.Data.Resolve("metrics/2026-11-19.json")));
    }

    [Fact]
    public async Task A_day_without_sales_has_none()
    {
        var metrics = await Jobs().DailyAsync(_sample.Job, "2020-02-29", Cancel);

        Assert.Equal((0, 0m), (metrics.Orders, metrics.Amount));
    }

    [Fact]
    public async Task What_is_no_day_is_refused_in_words() =>
        Assert.Contains("'31.10.' is not a day", (await Assert.ThrowsAsync<ArgumentException>(() => Jobs().DailyAsync(_sample.Job, "31.10.", Cancel))).Message, StringComparison.Ordinal);

    private MetricsJobs Jobs() => new(_sample.Data, _sample.Ledger, _sample.Time);
}
