using Microsoft.AspNetCore.Antiforgery;

namespace OpsConsole.Web.Operators;

/// <summary>Signing out: by POST only, so that no link or picture on another site can do it.</summary>
internal static class SessionEndpoints
{
    public static void MapOperators(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        app.MapAccount();
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, IAntiforgery antiforgery, SignInService session)
    {
        // The session may have ended by itself: then there is nothing to protect, and the token is of another identity.
        if (http.User.Identity is { IsAuthenticated: true } && !await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        await session.SignOutAsync(http.RequestAborted);
        return Results.LocalRedirect("/sign-in");
    }
}
