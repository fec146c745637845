using OpsConsole.Data;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Configuration;

/// <summary>
/// For orchestrators and load balancers. Anonymous, because those have no account; they learn what is up and how long the
/// answer took, and nothing else.
/// </summary>
internal static class Health
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "up" })).AllowAnonymous().DisableHttpMetrics();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous().DisableHttpMetrics();
    }

    private static async Task<IResult> ReadyAsync(
        HttpContext http, ConsoleStart start, ConsoleDatabase database, JobRedis redis, TimeProvider time, ILogger<ConsoleStart> log)
    {
        var cancel = http.RequestAborted;
        var checks = await Task.WhenAll(
            CheckAsync("database", () => start.IsReady ? database.PingAsync(cancel) : throw new InvalidOperationException("The schema is not ready yet."), time, log),
            CheckAsync("redis", () => redis.RunAsync("ping", d => d.PingAsync(), cancel), time, log));
        var isUp = Array.TrueForAll(checks, check => check.Status == "up");
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { status = isUp ? "up" : "down", checks }, statusCode: isUp ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Check> CheckAsync(string name, Func<Task> check, TimeProvider time, ILogger log)
    {
        var started = time.GetTimestamp();
        try
        {
            await Task.Run(check).WaitAsync(Limit, time);
            return new Check(name, "up", Elapsed());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning("Health check {Check} is down: {Error}", name, e.GetBaseException().Message);
            return new Check(name, "down", Elapsed());
        }

        double Elapsed() => Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1);
    }

    private sealed record Check(string Name, string Status, double Milliseconds);
}
