using System.Security.Claims;

namespace OpsConsole.Web.Operators;

/// <summary>Who is acting, as the session says.</summary>
public static class OperatorClaims
{
    internal const string DisplayName = "ops:name";
    internal const string RemoteAddress = "ops:address";

    /// <summary>Null when nobody is signed in.</summary>
    public static Guid? GetOperatorId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>The e-mail address: unique, so it is what the audit names people by.</summary>
    public static string GetEmail(this ClaimsPrincipal user) => user.Identity?.Name ?? "";

    /// <summary>The person's own name, or the e-mail address.</summary>
    public static string GetDisplayName(this ClaimsPrincipal user) =>
        user.FindFirstValue(DisplayName) is { Length: > 0 } name ? name : user.GetEmail();

    /// <summary>Where the session's requests come from; null outside a request.</summary>
    public static string? GetRemoteAddress(this ClaimsPrincipal user) => user.FindFirstValue(RemoteAddress);

    /// <summary>Whether the role permits it, for showing and hiding. What decides is <c>OperatorActions</c>.</summary>
    public static bool May(this ClaimsPrincipal user, string permission) =>
        user.FindAll(ClaimTypes.Role).Any(role => Permissions.Of(role.Value).Contains(permission));
}
