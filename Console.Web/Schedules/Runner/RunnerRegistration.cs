namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Registers the runner alone; it needs the database and the job storage, and nothing else of the console.</summary>
public static class RunnerRegistration
{
    public static IServiceCollection AddScheduleRunner(this IServiceCollection services)
    {
        services.AddOptions<ScheduleOptions>().BindConfiguration(ScheduleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.AddSingleton<RunnerMeters>();
        services.AddSingleton<RunnerServices>();
        services.AddSingleton<TermHost>();
        services.AddLedger();
        services.AddSingleton<ScheduleRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<ScheduleRunner>());
        return services;
    }
}
