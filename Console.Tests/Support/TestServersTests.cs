using Npgsql;

namespace OpsConsole.Tests.Support;

public class TestServersTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_test_class_has_a_database_of_its_own()
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand("select current_database() like 'test\\_%'");

        Assert.Equal(true, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_keys_of_a_test_go_with_it_and_no_others()
    {
        var database = await RedisSpace.DatabaseAsync();
        await using var neighbour = new RedisSpace();
        await database.StringSetAsync(neighbour.Prefix + "kept", "1");
        var space = new RedisSpace();
        await database.StringSetAsync(space.Prefix + "gone", "1");

        await space.DisposeAsync();

        Assert.False(await database.KeyExistsAsync(space.Prefix + "gone"));
        Assert.True(await database.KeyExistsAsync(neighbour.Prefix + "kept"));
    }
}
