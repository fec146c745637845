using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsConsole.Data;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Configuration;

/// <summary>Whatever goes wrong before a page is there becomes a page: what happened, what to do, and a reference into the log.</summary>
internal static class Problems
{
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = HandleAsync });
        app.Use(async (http, next) =>
        {
            await next(http);
            // The page renderer refuses forms with a content type and no content, which the framework's own middleware leaves empty.
            if (http.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null or 0 })
                await ShowAsync(http, Problem.Of(http.Response.StatusCode));
        });
    }

    private static Task HandleAsync(HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Problems));
        if (ConsoleDatabase.IsAway(error))
        {
            log.LogError("{Path} was not answered, because the database is away: {Error}", http.Request.Path, error!.GetBaseException().Message);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else
        {
            log.LogError(error, "{Path} failed, trace {Trace}", http.Request.Path, Reference(http));
        }
        return ShowAsync(http, Problem.Of(http.Response.StatusCode));
    }

    private static async Task ShowAsync(HttpContext http, Problem problem)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentLength = null;
        if (!http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync($"{problem.Title}. {problem.Text}\n");
            return;
        }
        var page = new RazorComponentResult<ProblemDocument>(new { Problem = problem, Reference = Reference(http), ViewerChoices.From(http.Request).Theme })
        {
            StatusCode = http.Response.StatusCode,
            PreventStreamingRendering = true,
        };
        // The request's own renderer may have begun another page: it renders only one, and adds this header only once.
        http.Response.Headers.Remove("blazor-enhanced-nav");
        await using var scope = http.RequestServices.CreateAsyncScope();
        var services = http.RequestServices;
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await page.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }

    private static string Reference(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
}
