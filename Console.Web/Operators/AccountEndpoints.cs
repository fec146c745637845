using Microsoft.AspNetCore.Mvc;

namespace OpsConsole.Web.Operators;

/// <summary>The forms of the account page. They are requests and not circuit calls, because cookies change. Each leads back to the page.</summary>
internal static class AccountEndpoints
{
    private const string Page = "/account";

    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        var account = app.MapGroup(Page).RequireAuthorization(Permissions.OwnAccount);
        account.MapPost("/name", NameAsync);
        account.MapPost("/password", PasswordAsync);
        account.MapPost("/theme", Theme);
        account.MapPost("/zone", Zone);
    }

    private static async Task<IResult> NameAsync(HttpContext http, OperatorProfile profile, AccountNotes notes, [FromForm] string? name) =>
        Back(notes, http, "name", await profile.ChangeNameAsync(http.User, name, http.RequestAborted));

    private static async Task<IResult> PasswordAsync(
        HttpContext http, OperatorProfile profile, AccountNotes notes, [FromForm] string? current, [FromForm] string? password, [FromForm] string? repeated)
    {
        var result = password == repeated
            ? await profile.ChangePasswordAsync(http.User, current, password, http.RequestAborted)
            : OperationResult.Refuse("The two new passwords differ. Type the same one twice.");
        return Back(notes, http, "password", result);
    }

    private static IResult Theme(HttpContext http, AccountNotes notes, [FromForm] string? theme)
    {
        Remember(http, "ops-theme", theme is "light" or "dark" ? theme : "");
        return Back(notes, http, "look", OperationResult.Accept("The theme is kept in this browser."));
    }

    private static IResult Zone(HttpContext http, AccountNotes notes, [FromForm] string? zone)
    {
        if (!string.IsNullOrEmpty(zone) && (zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
            return Back(notes, http, "look", OperationResult.Refuse("There is no time zone of this name. Take one of the list."));
        Remember(http, "ops-zone", zone ?? "");
        return Back(notes, http, "look", OperationResult.Accept("The time zone is kept in this browser."));
    }

    private static void Remember(HttpContext http, string name, string value)
    {
        // Read by the page's script too, hence not HttpOnly; there is nothing secret in it.
        var options = new CookieOptions { Path = "/", SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true };
        if (value.Length == 0)
            http.Response.Cookies.Delete(name, options);
        else
            http.Response.Cookies.Append(name, value, options);
    }

    private static IResult Back(AccountNotes notes, HttpContext http, string form, OperationResult result)
    {
        notes.Leave(http.User.GetOperatorId(), new AccountNote(form, result.Accepted, result.Message));
        return Results.LocalRedirect(Page);
    }
}
