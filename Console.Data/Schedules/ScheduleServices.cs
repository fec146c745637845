using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace OpsConsole.Data.Schedules;

internal static class ScheduleServices
{
    public static void AddSchedules(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton<ScheduleStore>();
        services.AddSingleton<CalendarStore>();
        services.AddSingleton<LedgerStore>();
        services.AddSingleton<OutlookStore>();
        services.AddSingleton<RunnerStore>();
        services.AddSingleton(_ => new ScheduleChanges(connectionString));
        services.AddSingleton(_ => RunnerDatabase(connectionString));
    }

    // Connections of the runner's own, so that neither a crowd of visitors nor a slow page can hold up a fire.
    private static NpgsqlDataSource RunnerDatabase(string connectionString) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        MaxPoolSize = 10,
        MaxAutoPrepare = 40,
        AutoPrepareMinUsages = 2,
        CommandTimeout = 15,
    }.ConnectionString);
}
