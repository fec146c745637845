using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpsConsole.Data.Audit;
using OpsConsole.Data.History;
using OpsConsole.Data.Keys;
using OpsConsole.Data.Schedules;
using OpsConsole.Data.Settings;

namespace OpsConsole.Data;

/// <summary>Registers the database and its stores.</summary>
public static class DataServices
{
    public static IServiceCollection AddConsoleData(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        // The model reads the schema version from here, so every user of the context must come through this method.
        services.Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddDbContextFactory<ConsoleDbContext>(options => options.UseNpgsql(connectionString));
        services.AddSingleton<ConsoleDatabase>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<SettingStore>();
        services.AddSingleton<ProtectionKeyStore>();
        services.AddSchedules(connectionString);
        services.AddHistory(connectionString);
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<ProtectionKeyStore>()));
        return services;
    }
}
