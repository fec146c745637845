using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data;

namespace OpsConsole.Tests.Data;

public class ProtectionKeyStoreTests(DataSpace space) : IClassFixture<DataSpace>
{
    [Fact]
    public void What_one_replica_protects_another_can_read()
    {
        using var one = Replica();
        using var other = Replica();

        var secret = one.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("session");

        Assert.Equal("session", other.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret));
    }

    private ServiceProvider Replica()
    {
        var services = new ServiceCollection().AddConsoleData(space.ConnectionString);
        services.AddDataProtection().SetApplicationName("ops-console");
        return services.BuildServiceProvider();
    }
}
