using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Health;

/// <summary>How the console and what it stands on are, for people and monitors that sign in.</summary>
internal static class HealthFeature
{
    public static void AddDetailedHealth(this IServiceCollection services)
    {
        services.AddSingleton<RedisHealth>();
        services.AddSingleton<DatabaseHealth>();
        services.AddSingleton<IngestionHealth>();
        services.AddSingleton<SchedulerHealth>();
        services.AddSingleton<DiskHealth>();
        services.AddSingleton<DetailedHealth>();
    }

    public static void MapDetailedHealth(this IEndpointRouteBuilder app) =>
        app.MapGet("/health/detailed", ReadAsync).RequireAuthorization(Permissions.ReadHealth).DisableHttpMetrics();

    private static async Task<IResult> ReadAsync(HttpContext http, DetailedHealth health)
    {
        var report = await health.ReadAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        // The same as /health/ready: 503 means that no page works.
        var isUp = report.Parts["database"].Status != HealthStatus.Down && report.Parts["redis"].Status != HealthStatus.Down;
        return Results.Json(report, statusCode: isUp ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
