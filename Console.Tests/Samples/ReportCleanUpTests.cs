namespace OpsConsole.Tests.Samples;

public sealed class ReportCleanUpTests : IDisposable
{
    private readonly SampleFolder _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Products_older_than_seven_days_go_and_younger_ones_stay()
    {
        var old = _sample.Put("reports/old.xlsx", new string('x', 5_000), daysOld: 7.1);
        var mail = _sample.Put("mail/new/1.old.host", "old", daysOld: 30);
        var young = _sample.Put("archives/young.zip", "young", daysOld: 6.9);

        var result = _sample.ReportJobs.Clean(_sample.Job, TestContext.Current.CancellationToken);

        Assert.False(File.Exists(old));
        Assert.False(File.Exists(mail));
        Assert.True(File.Exists(young));
        Assert.Equal((2, 0, 3 * 4_096L, 4_096L), (result.Expired, result.OverLimit, result.FreedBytes, result.LeftBytes));
    }

    [Fact]
    public void Documents_ledger_and_unfinished_files_are_never_deleted_for_room()
    {
        _sample.Reports.DataFolderLimitMegabytes = 0;
        var keep = new[] { _sample.Put("documents/a.docx", "a", 400), _sample.Put("ledger/2026-10/orders.csv", "b", 400), _sample.Put("reports/x.xlsx.1.part", "c", 0.03) };
        var product = _sample.Put("reports/fresh.xlsx", "d");

        var result = _sample.ReportJobs.Clean(_sample.Job, TestContext.Current.CancellationToken);

        Assert.All(keep, path => Assert.True(File.Exists(path)));
        Assert.False(File.Exists(product));
        Assert.Equal((0, 1), (result.Expired, result.OverLimit));
    }

    [Fact]
    public void Unfinished_file_of_a_dead_worker_goes_after_an_hour()
    {
        var part = _sample.Put("reports/x.xlsx.1.part", "c", daysOld: 0.05);
        Assert.Equal(1, _sample.ReportJobs.Clean(_sample.Job, TestContext.Current.CancellationToken).Expired);
        Assert.False(File.Exists(part));
    }

    [Fact]
    public void Oldest_products_make_room_until_the_folder_is_within_its_limit()
    {
        _sample.Reports.DataFolderLimitMegabytes = 2;
        var megabyte = new string('x', 1_048_576);
        var paths = Enumerable.Range(1, 4).Select(day => _sample.Put($"reports/{day}.xlsx", megabyte, daysOld: day)).ToList();

        var result = _sample.ReportJobs.Clean(_sample.Job, TestContext.Current.CancellationToken);

        Assert.Equal([true, true, false, false], paths.Select(File.Exists));
        Assert.Equal(2 * 1_048_576, result.LeftBytes);
    }
}
