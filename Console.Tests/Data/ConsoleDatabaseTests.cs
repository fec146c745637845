using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsConsole.Data;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Data;

public class ConsoleDatabaseTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public void The_migrations_say_all_that_the_model_says()
    {
        using var services = Provide("Host=127.0.0.1;Database=none");
        using var context = services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContext();

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public void The_model_has_passkeys_as_the_newest_identity_schema_does()
    {
        using var services = Provide("Host=127.0.0.1;Database=none");
        using var context = services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContext();

        Assert.Contains(context.Model.GetEntityTypes(), entity => entity.GetTableName() == "AspNetUserPasskeys");
    }

    [Fact]
    public async Task Consoles_that_start_together_apply_each_migration_once()
    {
        await using var one = Provide(postgres.ConnectionString);
        await using var other = Provide(postgres.ConnectionString);

        var applied = await Task.WhenAll(
            one.GetRequiredService<ConsoleDatabase>().MigrateAsync(TestContext.Current.CancellationToken),
            other.GetRequiredService<ConsoleDatabase>().MigrateAsync(TestContext.Current.CancellationToken));

        Assert.Single(applied, names => names.Count > 0);
        Assert.Single(applied, names => names.Count == 0);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_away()
    {
        await using var services = Provide("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");

        var error = await Assert.ThrowsAnyAsync<Exception>(() => services.GetRequiredService<ConsoleDatabase>().PingAsync(TestContext.Current.CancellationToken));

        Assert.True(ConsoleDatabase.IsAway(error));
    }

    [Fact]
    public async Task A_wrong_statement_is_not_a_server_that_is_away()
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand("select nothing from nowhere");

        var error = await Assert.ThrowsAnyAsync<Exception>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.False(ConsoleDatabase.IsAway(error));
    }

    private static ServiceProvider Provide(string connection) => new ServiceCollection().AddConsoleData(connection).BuildServiceProvider();
}
