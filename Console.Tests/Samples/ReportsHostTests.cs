using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Jobs.Client;
using OpsConsole.Samples.Reports;
using OpsConsole.Samples.Reports.Documents;
using OpsConsole.Samples.Reports.Notifications;
using OpsConsole.Samples.Reports.Reporting;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Samples;

/// <summary>The whole host, with its worker, on a Redis.</summary>
public sealed class ReportsHostTests : IAsyncDisposable
{
    private readonly RedisSpace _space = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-host-").FullName;
    private readonly string _month = Month.Of(DateTime.UtcNow).ToString();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _space.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Report_is_written_then_analysed_then_archived_then_mailed()
    {
        using var host = Host();
        await host.StartAsync(Cancellation);
        var mail = NextFileIn("mail/new");
        var client = host.Services.GetRequiredService<JobClient>();

        var report = await client.EnqueueAsync<ReportJobs>(jobs => jobs.GenerateAsync(_month, default!, 1, Region.North, "walk", default), cancel: Cancellation);
        var analysis = await client.ContinueWithAsync<ReportJobs>(report.Id, jobs => jobs.AnalyseAsync("reports/walk.xlsx", default!, default), cancel: Cancellation);
        var archive = await client.ContinueWithAsync<DocumentJobs>(analysis.Id, jobs => jobs.ArchiveAsync(new[] { "reports/walk.xlsx", "reports/walk-analysis.json" }, "walk", default!, default), cancel: Cancellation);
        await client.ContinueWithAsync<NotificationJobs>(archive.Id, jobs => jobs.SendAsync("buyer@elm.example", "Done", "walk.zip", default!, "reports/walk-analysis.json", default), cancel: Cancellation);

        Assert.Contains("Subject: Done", await File.ReadAllTextAsync(await mail, Cancellation), StringComparison.Ordinal);
        using var zip = ZipFile.OpenRead(Path.Combine(_folder, "archives", "walk.zip"));
        Assert.Equal(["reports/walk.xlsx", "reports/walk-analysis.json", "manifest.json"], zip.Entries.Select(entry => entry.FullName));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Traffic_is_taken_by_the_worker_as_soon_as_its_job_types_are_known()
    {
        using var host = Host("--Traffic:Enabled=true", "--Traffic:JobsPerSecond=200", "--Traffic:PartnerPort=5988", "--Traffic:BadRequestPercent=0");
        var mail = NextFileIn("mail/new");
        await host.StartAsync(Cancellation);
        Assert.Contains("X-Job-Id: ", await File.ReadAllTextAsync(await mail, Cancellation), StringComparison.Ordinal);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public void Option_out_of_range_is_named_at_start()
    {
        using var host = Host("--Reports:KeepReportsDays=0");
        var refusal = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(host.Start);
        Assert.Contains("KeepReportsDays", refusal.Message, StringComparison.Ordinal);
    }

    private IHost Host(params string[] more) => ReportsHost.CreateBuilder(
    [
        $"--Jobs:Redis={_space.Options.Redis}", $"--Jobs:Prefix={_space.Prefix}", "--Jobs:TimeoutMilliseconds=20000", $"--Reports:DataFolder={_folder}",
        "--Reports:RowsPerSecond=0", "--Reports:OrdersPerDay=40", "--Reports:LedgerMonths=2", "--Reports:SourceDocuments=4",
        "--Log:Folder=", "--Serilog:MinimumLevel:Default=Fatal", "--Serilog:MinimumLevel:Override:Microsoft=Fatal", .. more,
    ]).Build();

    // A maildir moves a message into place when it is whole.
    private Task<string> NextFileIn(string folder)
    {
        var path = Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName;
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = new FileSystemWatcher(path) { EnableRaisingEvents = true };
        watcher.Created += (_, file) => seen.TrySetResult(file.FullPath);
        return AwaitAsync(watcher, seen.Task);
    }

    private static async Task<string> AwaitAsync(FileSystemWatcher watcher, Task<string> seen)
    {
        using (watcher)
            return await seen.WaitAsync(Cancellation);
    }
}
