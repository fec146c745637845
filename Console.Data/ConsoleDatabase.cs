using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OpsConsole.Data;

/// <summary>The database as a whole: is it there, and is it of this version.</summary>
public sealed class ConsoleDatabase(IDbContextFactory<ConsoleDbContext> contexts)
{
    // Any number will do, as long as every replica of the console takes the same one and nothing else in the database does.
    private const long MigrationLock = 0x6F70_7363_6F6E_736F;

    /// <summary>
    /// Brings the schema to this version. Replicas that start together wait for each other, so each migration runs once.
    /// </summary>
    /// <returns>Names of the migrations that were applied; empty when the schema was up to date.</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        await context.Database.OpenConnectionAsync(cancel);
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})", cancel);
        try
        {
            var pending = (await context.Database.GetPendingMigrationsAsync(cancel)).ToList();
            if (pending.Count > 0)
                await context.Database.MigrateAsync(cancel);
            return pending;
        }
        finally
        {
            // A session lock outlives the transaction; a connection that has broken has lost it already.
            if (context.Database.GetDbConnection().State == ConnectionState.Open)
                await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }

    /// <summary>One round trip. Throws <see cref="NpgsqlException"/> when the database is away.</summary>
    public async Task PingAsync(CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        await context.Database.ExecuteSqlAsync($"SELECT 1", cancel);
    }

    /// <summary>True when the exception says that the database is away rather than that a statement was wrong.</summary>
    public static bool IsAway(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is PostgresException refused)
                return refused.SqlState.StartsWith("57P", StringComparison.Ordinal) || refused.SqlState.StartsWith("08", StringComparison.Ordinal)
                    || refused.SqlState is PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.InvalidCatalogName;
            if (exception is NpgsqlException or TimeoutException)
                return true;
        }
        return false;
    }
}
