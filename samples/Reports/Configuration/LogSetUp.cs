using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace OpsConsole.Samples.Reports.Configuration;

/// <summary>Serilog: readable on the console, JSON in files that rotate.</summary>
internal static class LogSetUp
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj} {JobName} {JobId}{NewLine}{Exception}";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(LogOptions.Section).Get<LogOptions>() ?? new LogOptions();
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .ReadFrom.Configuration(configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture);
        if (options.Folder.Length > 0)
            logger.WriteTo.File(new JsonFormatter(renderMessage: true), Path.Combine(options.Folder, "reports-.json"),
                rollingInterval: RollingInterval.Day, fileSizeLimitBytes: options.FileLimitMegabytes * 1_048_576L, rollOnFileSizeLimit: true, retainedFileCountLimit: options.KeepFiles);
        services.AddLogging(logging => logging.ClearProviders().AddSerilog(logger.CreateLogger(), dispose: true));
    }
}
