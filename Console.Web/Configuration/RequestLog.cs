using System.Diagnostics;

namespace OpsConsole.Web.Configuration;

/// <summary>One line per request. The query is left out: links that open an account carry their secret there.</summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> log, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var started = time.GetTimestamp();
        var path = http.Request.Path.Value;
        try
        {
            await next(http);
        }
        finally
        {
            log.Log(LevelOf(http), "{Method} {Path} answered {Status} in {Milliseconds:0.0} ms, trace {Trace}",
                http.Request.Method, path, http.Response.StatusCode, time.GetElapsedTime(started).TotalMilliseconds,
                Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier);
        }
    }

    private static LogLevel LevelOf(HttpContext http) => http.Response.StatusCode switch
    {
        // A check that is down says so itself.
        _ when http.Request.Path.StartsWithSegments("/health") => LogLevel.Debug,
        >= 500 => LogLevel.Error,
        < 400 when Path.HasExtension(http.Request.Path) => LogLevel.Debug,
        _ => LogLevel.Information,
    };
}
