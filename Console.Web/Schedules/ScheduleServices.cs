using OpsConsole.Data.Schedules;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Schedules.Calendar;
using OpsConsole.Web.Schedules.Files;
using OpsConsole.Web.Schedules.List;
using OpsConsole.Web.Schedules.Runner;

namespace OpsConsole.Web.Schedules;

/// <summary>Registers everything about schedules.</summary>
public static class ScheduleServices
{
    public static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.AddSingleton<CheckContexts>();
        services.AddSingleton<ScheduleOutlook>();
        services.AddSingleton<ImportPlanner>();
        services.AddSingleton<CalendarReader>();
        services.AddScoped(provider => new ScheduleActions(
            provider.GetRequiredService<ScheduleStore>(), provider.GetRequiredService<CalendarStore>(), provider.GetRequiredService<RunnerStore>(),
            provider.GetRequiredService<CheckContexts>(), provider.GetRequiredService<OperatorGate>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<ScheduleActs>();
        services.AddSingleton<ScheduleCounts>();
        return services.AddScheduleRunner();
    }

    public static void MapSchedules(this IEndpointRouteBuilder app) => app.MapScheduleExport();
}
