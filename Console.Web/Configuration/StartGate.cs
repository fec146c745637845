namespace OpsConsole.Web.Configuration;

/// <summary>Until the database is ready, pages say so instead of failing; health checks and style sheets pass.</summary>
internal static class StartGate
{
    public static void UseStartGate(this IApplicationBuilder app)
    {
        var start = app.ApplicationServices.GetRequiredService<ConsoleStart>();
        app.Use((http, next) =>
        {
            if (start.IsReady || http.Request.Path.StartsWithSegments("/health") || Path.HasExtension(http.Request.Path))
                return next(http);
            http.Response.Headers.RetryAfter = "2";
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
    }
}
