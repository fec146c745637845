namespace OpsConsole.Tests.Support;

/// <summary>The real Redis and PostgreSQL that the tests run against.</summary>
internal static class TestServers
{
    /// <summary>StackExchange.Redis connection string.</summary>
    public static string Redis => Find("OPS_TEST_REDIS");

    /// <summary>Npgsql connection string of a role that may create databases.</summary>
    public static string Postgres => Find("OPS_TEST_POSTGRES");

    private static string Find(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException(
                $"{variable} is not set, so this test has no server. Run ./test.sh, which starts its own and passes arguments on " +
                "(./test.sh --filter-class '*Name*'), or keep some: scripts/servers.sh start DIR --throwaway && . DIR/env");
}
