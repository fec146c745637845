using Microsoft.Extensions.Options;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Documents;
using OpsConsole.Samples.Reports.Notifications;
using OpsConsole.Samples.Reports.Reporting;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Samples.Reports.Storage;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Samples;

/// <summary>A data folder of one test with the job classes made by hand, on a clock that stands still.</summary>
internal sealed class SampleFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("ops-reports-").FullName;

    public SampleFolder()
    {
        Reports = new ReportsOptions { DataFolder = _path, RowsPerSecond = 0, OrdersPerDay = 40, LedgerMonths = 3, SourceDocuments = 8 };
        Data = new DataFolder(Options.Create(Reports));
        Ledger = new SalesLedger(Data);
        Index = new DocumentIndex(Data, Time);
    }

    /// <summary>2026-11-20, noon.</summary>
    public FakeTime Time { get; } = new();

    public ReportsOptions Reports { get; }

    public MailOptions Mail { get; } = new();

    public DataFolder Data { get; }

    public SalesLedger Ledger { get; }

    public DocumentIndex Index { get; }

    public RecordingContext Job { get; } = new();

    public ReportJobs ReportJobs => new(Data, new SalesReport(Ledger, Options.Create(Reports), Time), new SalesAnalysis(Options.Create(Reports), Time), new ReportCleanUp(Data, Options.Create(Reports), Time));

    public SalesJobs SalesJobs => new(Data, Ledger, Time);

    public DocumentJobs DocumentJobs => new(Data, Index);

    public NotificationJobs NotificationJobs(HttpClient http) => new(
        new Mailer(Options.Create(Mail), new Maildir(Data, Time), Data, Time), new Webhook(http, Options.Create(Mail), Time), Data, Options.Create(Mail));

    /// <summary>September to November 2026, up to the 20th.</summary>
    public Task MakeSalesAsync() => new SalesMaker(Ledger, Options.Create(Reports), Time).MakeMissingAsync(TestContext.Current.CancellationToken);

    public Task MakeDocumentsAsync() => new DocumentMaker(Data, Options.Create(Reports)).MakeMissingAsync(TestContext.Current.CancellationToken);

    /// <summary>Writes a file relative to the data folder, last changed some days ago.</summary>
    public string Put(string file, string content, double daysOld = 0)
    {
        var path = Data.Resolve(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, Time.GetUtcNow().UtcDateTime.AddDays(-daysOld));
        return path;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
