using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace OpsConsole.Bench.Pages;

/// <summary>The pages that the console itself declares, so that none can be forgotten.</summary>
internal static class PageRoutes
{
    /// <summary>Templates, as <c>/jobs/{Id}</c>.</summary>
    public static IReadOnlyList<string> All() =>
        [.. Assembly.LoadFrom(Path.Combine(ConsoleProcess.Folder, "OpsConsole.Web.dll")).GetTypes()
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>(inherit: false)).Select(route => route.Template).Order(StringComparer.Ordinal)];
}
