using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace OpsConsole.Web.Configuration;

/// <summary>Log to the console for people and to rotating JSON files for tools.</summary>
internal static class Logging
{
    private const string Line = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext:l}: {Message:lj}{NewLine}{Exception}";

    public static void AddConsoleLog(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(LogOptions.Section).Get<LogOptions>() ?? new LogOptions();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider>(_ =>
            new Serilog.Extensions.Logging.SerilogLoggerProvider(Create(options), dispose: true));
    }

    private static Logger Create(LogOptions options)
    {
        var log = new LoggerConfiguration()
            .MinimumLevel.Is(options.Level)
            .MinimumLevel.Override("Microsoft", Higher(options.Level, LogEventLevel.Warning))
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", options.Level)
            // Failed statements reach the log through whoever catches them, with the reason; this would only repeat the SQL.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
            // Whoever needed a key gets the exception, and reports it with what was being done.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection.Internal", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection.KeyManagement.KeyRingProvider", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            // Reported by Problems, with the reference that the page shows.
            .MinimumLevel.Override("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogEventLevel.Fatal)
            .Enrich.FromLogContext()
            .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture);
        if (options.Folder.Length > 0)
            log = log.WriteTo.File(
                new CompactJson(), Path.Combine(options.Folder, "console-.json"), rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: options.FileLimitMegabytes * 1024L * 1024L, rollOnFileSizeLimit: true, retainedFileCountLimit: options.KeepFiles,
                shared: false);
        return log.CreateLogger();
    }

    private static LogEventLevel Higher(LogEventLevel one, LogEventLevel other) => one > other ? one : other;
}
