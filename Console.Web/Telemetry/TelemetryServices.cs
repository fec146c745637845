using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OpsConsole.Web.Live;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Telemetry;

/// <summary>Registers what is told to monitoring systems.</summary>
public static class TelemetryServices
{
    public const string Meter = "OpsConsole";

    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.AddSingleton<IJobEventListener, JobMeters>();
        services.AddSingleton<FleetMeters>();
        services.AddSingleton<ProcessMeters>();
        services.AddSingleton<MetricsExport>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsExport>());
        return services;
    }

    // Scrapers have no account: they show a token, or come from this machine. Who is signed in may look, too.
    public static void MapTelemetry(this IEndpointRouteBuilder app) => app.MapGet("/metrics", Metrics).AllowAnonymous().DisableHttpMetrics();

    private static IResult Metrics(HttpContext http, MetricsExport export, IOptions<TelemetryOptions> options)
    {
        if (!MayRead(http, options.Value.Token))
            return Results.Text("Send the token of Telemetry:Token as a bearer token, or sign in.\n", statusCode: StatusCodes.Status401Unauthorized);
        http.Response.Headers.CacheControl = "no-store";
        return export.Scrape() is { } text
            ? Results.Text(text, PrometheusText.ContentType)
            : Results.Text("The metrics could not be collected in time. Try again.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static bool MayRead(HttpContext http, string token)
    {
        if (http.User.May(Permissions.View))
            return true;
        if (token.Length == 0)
            return http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
        var sent = http.Request.Headers.Authorization.ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes("Bearer " + token));
    }
}
