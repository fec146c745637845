using OpsConsole.Web.Live;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Registers what keeps the ledger beside the runner.</summary>
internal static class LedgerRegistration
{
    public static void AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<OutcomeFeed>();
        services.AddSingleton<IJobEventListener>(provider => provider.GetRequiredService<OutcomeFeed>());
        services.AddSingleton<Backfills>();
        services.AddSingleton<SelfPause>();
        services.AddSingleton<Settler>();
        services.AddSingleton<OpenCheck>();
        services.AddSingleton<TimeLimits>();
        services.AddSingleton<Cancels>();
        services.AddSingleton<Retention>();
        services.AddSingleton<IRunnerPart, Ledger>();
    }
}
