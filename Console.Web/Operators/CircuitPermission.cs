using Microsoft.AspNetCore.Authorization;

namespace OpsConsole.Web.Operators;

/// <summary>No circuit opens before sign-in: a circuit costs memory, and each of its pages asks for a permission of its own.</summary>
internal static class CircuitPermission
{
    public static RazorComponentsEndpointConventionBuilder RequirePermissionForCircuits(this RazorComponentsEndpointConventionBuilder pages)
    {
        pages.Add(endpoint =>
        {
            var path = (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText?.TrimStart('/') ?? "";
            if (path.StartsWith("_blazor", StringComparison.Ordinal))
                endpoint.Metadata.Add(new AuthorizeAttribute(Permissions.OwnAccount));
            else if (path.StartsWith("_framework", StringComparison.Ordinal))
                endpoint.Metadata.Add(new AllowAnonymousAttribute());
        });
        return pages;
    }
}
