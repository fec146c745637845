using OpsConsole.Web.Jobs.Past;

namespace OpsConsole.Web.Jobs;

internal static class JobsFeature
{
    /// <summary>What the pages of jobs are made with.</summary>
    public static void AddJobPages(this IServiceCollection services)
    {
        services.AddSingleton<JobHistory>();
    }
}
