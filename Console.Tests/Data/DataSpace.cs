using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Data;

/// <summary>A migrated database with the console's stores over it, and a clock that tests move.</summary>
public sealed class DataSpace : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();
    private ServiceProvider? _services;

    public FakeTime Time { get; } = new();

    public string ConnectionString => _postgres.ConnectionString;

    public T Get<T>() where T : notnull => _services!.GetRequiredService<T>();

    public ConsoleDbContext Context() => Get<IDbContextFactory<ConsoleDbContext>>().CreateDbContext();

    public async ValueTask InitializeAsync()
    {
        await _postgres.InitializeAsync();
        _services = new ServiceCollection().AddSingleton<TimeProvider>(Time).AddConsoleData(ConnectionString).BuildServiceProvider();
        await Get<ConsoleDatabase>().MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
