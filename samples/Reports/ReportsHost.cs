using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Documents;
using OpsConsole.Samples.Reports.Health;
using OpsConsole.Samples.Reports.Notifications;
using OpsConsole.Samples.Reports.Reporting;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Samples.Reports.Storage;
using OpsConsole.Samples.Reports.Traffic;

namespace OpsConsole.Samples.Reports;

/// <summary>Puts the host together.</summary>
public static class ReportsHost
{
    /// <param name="settings">Arguments and environment; <c>appsettings.json</c> lies beside the program.</param>
    public static HostApplicationBuilder CreateBuilder(string[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        LogSetUp.Add(builder.Services, builder.Configuration);
        AddOptions(builder);
        AddJobServices(builder.Services);
        builder.Services.AddJobStorage(builder.Configuration.GetSection("Jobs"));
        // Hosted services start in order: the folder first, then the worker, then what keeps it busy.
        builder.Services.AddHostedService<FirstStart>();
        WorkerSetUp.Add(builder);
        if (builder.Configuration.GetSection(TrafficOptions.Section).GetValue<bool>(nameof(TrafficOptions.Enabled)))
            AddTraffic(builder.Services);
        return builder;
    }

    private static void AddOptions(HostApplicationBuilder builder)
    {
        Bind<ReportsOptions>(builder, ReportsOptions.Section);
        Bind<MailOptions>(builder, MailOptions.Section);
        Bind<TrafficOptions>(builder, TrafficOptions.Section);
        Bind<DemoOptions>(builder, DemoOptions.Section);
        Bind<LogOptions>(builder, LogOptions.Section);
    }

    private static void Bind<T>(HostApplicationBuilder builder, string section) where T : class =>
        builder.Services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();

    private static void AddJobServices(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DataFolder>();
        services.AddSingleton<SalesLedger>();
        services.AddSingleton<SalesMaker>();
        services.AddSingleton<SalesReport>();
        services.AddSingleton<SalesAnalysis>();
        services.AddSingleton<ReportCleanUp>();
        services.AddSingleton<DocumentMaker>();
        services.AddSingleton<DocumentIndex>();
        services.AddSingleton<Maildir>();
        services.AddSingleton<Mailer>();
        services.AddSingleton<IRedisPing, RedisPing>();
        // The time limit of a call is the webhook's own; connections are renewed so that a partner may move.
        services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan });
        services.AddSingleton<Webhook>();
    }

    private static void AddTraffic(IServiceCollection services)
    {
        services.AddSingleton<DemoPartner>();
        services.AddHostedService(provider => provider.GetRequiredService<DemoPartner>());
        services.AddSingleton<Business>();
        services.AddSingleton<TrafficPlan>();
        services.AddSingleton<QueueLengths>();
        services.AddHostedService<TrafficGenerator>();
    }
}
