using System.IO.Compression;
using Microsoft.Extensions.Options;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Maintenance;

namespace OpsConsole.Tests.Samples;

public sealed class MaintenanceTests : IDisposable
{
    private readonly SampleFolder _sample = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task A_backup_holds_what_cannot_be_made_again()
    {
        _sample.Put("ledger/2026-10/a.csv", "one");
        _sample.Put("documents/b.docx", "two");
        _sample.Put("documents/c.docx.1.part", "unfinished");
        _sample.Put("reports/d.xlsx", "can be made again");

        var made = await Backups().MakeAsync(BackupKind.Daily, _sample.Job, cancellation: Cancel);

        Assert.Equal("backups/daily-2026-11-20.zip", made.File);
        using var zip = ZipFile.OpenRead(_sample.Data.Resolve(made.File));
        Assert.Equal(["documents/b.docx", "ledger/2026-10/a.csv", "manifest.json"], zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task Only_the_newest_backups_of_a_kind_stay()
    {
        string[] there = ["daily-2026-11-17.zip", "daily-2026-11-18.zip", "daily-2026-11-19.zip", "weekly-2026-11-15.zip"];
        foreach (var name in there)
            _sample.Put("backups/" + name, "x");

        var made = await Backups().MakeAsync(BackupKind.Daily, _sample.Job, keep: 2, Cancel);

        Assert.Equal(["backups/daily-2026-11-18.zip", "backups/daily-2026-11-17.zip"], made.Deleted);
        Assert.True(File.Exists(_sample.Data.Resolve("backups/weekly-2026-11-15.zip")));
    }

    [Fact]
    public void Only_old_leftovers_are_deleted()
    {
        var old = _sample.Put("reports/a.xlsx.1.part", "1234", daysOld: 2);
        var young = _sample.Put("reports/b.xlsx.1.part", "5", daysOld: 0.1);
        var finished = _sample.Put("reports/c.xlsx", "6", daysOld: 6);

        var result = Maintenance().CleanTemp(_sample.Job, cancellation: Cancel);

        Assert.Equal(new TidyResult(1, 4), result);
        Assert.Equal([false, true, true], new[] { old, young, finished }.Select(File.Exists));
    }

    [Fact]
    public void Old_logs_of_the_host_are_deleted()
    {
        var old = _sample.Put("logs/reports-20260101.json", "12", daysOld: 40);
        var other = _sample.Put("logs/notes.txt", "1", daysOld: 40);

        Assert.Equal(new TidyResult(1, 2), Maintenance().CleanLogs(_sample.Job, cancellation: Cancel));
        Assert.Equal([false, true], new[] { old, other }.Select(File.Exists));
    }

    [Fact]
    public void Files_that_nobody_has_imported_are_set_aside_and_kept()
    {
        _sample.Put("inbox/till-1.csv", "12", daysOld: 1);
        _sample.Put("inbox/till-2.csv", "34");

        Assert.Equal(new TidyResult(1, 2), Maintenance().ReleaseStuck(_sample.Job, cancellation: Cancel));
        Assert.True(File.Exists(_sample.Data.Resolve("inbox/stuck/till-1.csv")));
        Assert.True(File.Exists(_sample.Data.Resolve("inbox/till-2.csv")));
    }

    private BackupJobs Backups() => new(_sample.Data, _sample.Time);

    private MaintenanceJobs Maintenance() => new(_sample.Data, Options.Create(new LogOptions { Folder = Path.Combine(_sample.Data.Root, "logs") }), _sample.Time);
}
