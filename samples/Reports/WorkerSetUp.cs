using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Worker;
using OpsConsole.Samples.Reports.Configuration;

namespace OpsConsole.Samples.Reports;

/// <summary>The worker: pools from the section <c>Worker</c>, jobs from this assembly.</summary>
internal static class WorkerSetUp
{
    public static void Add(HostApplicationBuilder builder)
    {
        builder.Services.AddJobWorker(worker => worker.AddJobsFrom(typeof(WorkerSetUp).Assembly));
        builder.Services.AddOptions<JobWorkerOptions>()
            .Bind(builder.Configuration.GetSection("Worker"))
            .Configure<IOptions<DemoOptions>>(Shorten);
        // The host must not cut the worker short while it gives unfinished jobs back.
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<JobWorkerOptions>>((host, worker) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(worker.Value.ShutdownSeconds + 10));
    }

    private static void Shorten(JobWorkerOptions worker, IOptions<DemoOptions> demo)
    {
        if (demo.Value.ShortenRetries)
            worker.RetryDelayScale = demo.Value.RetryDelayPercent / 100.0;
    }
}
