using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Operators;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Operators;

namespace OpsConsole.Tests.Web.Operators;

/// <summary>The whole surface of the console: every route, and who may use it.</summary>
public class EndpointTests(ConsoleSite site) : IClassFixture<ConsoleSite>
{
    private const string Approved = "Console.Tests/Approved/routes.approved.txt";

    [Fact]
    public void Every_route_has_the_permission_that_was_approved()
    {
        var routes = string.Join('\n', Routes().Select(Describe).Distinct().Order(StringComparer.Ordinal)) + "\n";
        var received = Path.Combine(Repository.Root, Approved.Replace(".approved.", ".received.", StringComparison.Ordinal));
        var approved = File.Exists(Repository.PathOf(Approved)) ? File.ReadAllText(Repository.PathOf(Approved)) : "";
        if (routes == approved)
            File.Delete(received);
        else
            File.WriteAllText(received, routes);

        Assert.True(routes == approved, $"The routes differ from {Approved}. Compare it with routes.received.txt beside it; if the change is meant, replace it.\n{routes}");
    }

    [Fact]
    public void No_route_is_without_a_permission() => Assert.Empty(Routes().Where(route => PermissionOf(route) == "DENIED").Select(Describe));

    [Fact]
    public void Every_permission_that_a_route_names_exists() =>
        Assert.Empty(Routes().Select(PermissionOf).Except([.. Permissions.All, "anonymous", "signed in"]));

    [Fact]
    public async Task A_viewer_cannot_open_what_the_role_does_not_permit()
    {
        var visitor = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Viewer));

        var refused = await visitor.OpenAsync("/users");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Your role does not permit this", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync("/audit")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_address_is_not_found_for_whoever_is_signed_in()
    {
        var visitor = await site.VisitAsync(await site.AddOperatorAsync(OperatorRole.Viewer));

        var answer = await visitor.OpenAsync("/there-is-no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private IEnumerable<RouteEndpoint> Routes()
    {
        // Asking for a page once makes sure that every source of endpoints was read.
        using var client = site.CreateClient();
        return site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => !IsFile(route));
    }

    // Files have names with hashes in them and are open to all. The last pattern is in builds only, not in what is published: it
    // looks for files that came after the build, and denying it is right.
    private static bool IsFile(RouteEndpoint route) => route.Metadata.Any(item => item.GetType().Name == "StaticAssetDescriptor")
        ? PermissionOf(route) == "anonymous"
        : route.RoutePattern.RawText == "{**path:file}";

    private static string Describe(RouteEndpoint route)
    {
        var methods = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? string.Join(',', named.Order(StringComparer.Ordinal)) : "ANY";
        return $"{methods} /{route.RoutePattern.RawText?.TrimStart('/')} : {PermissionOf(route)}";
    }

    private static string PermissionOf(RouteEndpoint route)
    {
        if (route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return "anonymous";
        var rules = route.Metadata.GetOrderedMetadata<IAuthorizeData>();
        return rules.Count == 0 ? "DENIED" : string.Join('+', rules.Select(rule => rule.Policy ?? "signed in").Distinct());
    }
}
