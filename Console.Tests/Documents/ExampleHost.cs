using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Jobs;

namespace OpsConsole.Tests.Documents;

public static class ExampleHost
{
    public static HostApplicationBuilder Create(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddJobStorage(builder.Configuration.GetSection("Jobs"));
        builder.Services.AddJobWorker(worker => worker.AddJobs<InvoiceJobs>());
        return builder;
    }
}

public sealed class InvoiceJobs(IHostEnvironment environment)
{
    [Job("invoices.write", Queue = "invoices", Description = "Writes an invoice as a text file.", HardLimitSeconds = 60)]
    [Retry(Times = 3, Backoff = Backoff.Exponential, DelaySeconds = 30)]
    public async Task<string> WriteAsync(int number, string customer, JobContext job, CancellationToken cancellation)
    {
        var path = Path.Combine(environment.ContentRootPath, $"invoice-{number}.txt");
        await File.WriteAllTextAsync(path, $"Invoice {number} for {customer}", cancellation);
        job.Progress(100, "written");
        job.Log($"{path} holds the invoice of {customer}");
        return path;
    }
}
