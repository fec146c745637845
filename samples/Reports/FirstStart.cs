using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Samples.Reports.Documents;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports;

/// <summary>Makes sales and documents before the worker starts, so that no job meets half a folder.</summary>
internal sealed class FirstStart(DataFolder data, SalesMaker sales, DocumentMaker documents, TimeProvider time, ILogger<FirstStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        await sales.MakeMissingAsync(cancellationToken);
        await documents.MakeMissingAsync(cancellationToken);
        log.LogInformation("Data folder {Folder} is ready after {Milliseconds:N0} ms", data.Root, time.GetElapsedTime(start).TotalMilliseconds);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
