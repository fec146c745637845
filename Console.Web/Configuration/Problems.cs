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
        app.UseStatusCodePages(context => ShowAsync(context.HttpContext, Problem.Of(context.HttpContext.Response.StatusCode)));
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

    private static Task ShowAsync(HttpContext http, Problem problem)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return http.Response.WriteAsync($"{problem.Title}. {problem.Text}\n");
        var page = new RazorComponentResult<ProblemDocument>(new { Problem = problem, Reference = Reference(http), ViewerChoices.From(http.Request).Theme })
        {
            StatusCode = http.Response.StatusCode,
            PreventStreamingRendering = true,
        };
        return page.ExecuteAsync(http);
    }

    private static string Reference(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
}
