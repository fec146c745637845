using Microsoft.AspNetCore.DataProtection;
using OpsConsole.Data;

namespace OpsConsole.Web.Configuration;

/// <summary>What belongs to no feature: options, database, listening, errors.</summary>
internal static class ConsoleConfiguration
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static void AddConsole(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<LogOptions>().Bind(configuration.GetSection(LogOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        builder.AddConsoleLog();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // Files of a build, not of a publish, lie in several folders; without this they are served empty.
        builder.WebHost.UseStaticWebAssets();
        if (configuration["urls"] is null && configuration["http_ports"] is null && !configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);
        var database = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        builder.Services.AddConsoleData(database.ConnectionString);
        // Named, because the default is the folder of the program: a new folder must not end every session.
        builder.Services.AddDataProtection().SetApplicationName("ops-console");
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "ops-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        builder.Services.AddDocumentCompression();
        builder.Services.AddSingleton<ConsoleStart>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ConsoleStart>());
    }

    /// <summary>The order of what every request passes.</summary>
    public static void UseConsole(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseMiddleware<RequestLog>();
        app.UseResponseCompression();
        app.UseProblems();
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseRouting();
        app.UseStartGate();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }
}
