using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data.Views;
using OpsConsole.Web.Jobs.Past;
using OpsConsole.Web.Jobs.Search;
using OpsConsole.Web.Jobs.Views;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs;

/// <summary>Registers the pages of jobs: the search, its views and its file, and the page of one.</summary>
internal static class JobsFeature
{
    public static IServiceCollection AddJobPages(this IServiceCollection services)
    {
        services.AddSingleton<JobHistory>();
        services.AddSingleton<JobSearch>();
        services.AddSingleton<SearchValues>();
        services.AddSingleton<QueryAssistant>();
        services.AddSingleton<ViewCounts>();
        services.AddScoped(provider => new ViewActs(
            provider.GetRequiredService<SavedViewStore>(), provider.GetRequiredService<OperatorGate>(), provider.GetRequiredService<Confirm>(),
            provider.GetRequiredService<Toasts>(), provider.GetRequiredService<AuthenticationStateProvider>()));
        return services;
    }

    public static void MapJobPages(this IEndpointRouteBuilder routes) => routes.MapGet("/jobs/export", JobExport.WriteAsync).RequireAuthorization(Permissions.View);
}
