using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public class AwayScheduleTests
{
    public static TheoryData<string, Func<IServiceProvider, CancellationToken, Task>> Calls => new()
    {
        { "read", (services, cancel) => services.GetRequiredService<ScheduleStore>().ListAsync(new ScheduleQuery(), cancel) },
        { "write", (services, cancel) => services.GetRequiredService<ScheduleStore>().CreateAsync(Some.Definition(), Some.Ada, cancel) },
        { "import", (services, cancel) => services.GetRequiredService<ScheduleStore>().ImportAsync([new(Some.Definition())], null, Some.Ada, cancel) },
        { "ledger", (services, cancel) => services.GetRequiredService<LedgerStore>().OverdueAsync(default, 1, cancel) },
        { "lease", (services, cancel) => services.GetRequiredService<RunnerStore>().TryAcquireAsync("test", 1, cancel) },
        { "fire", (services, cancel) => services.GetRequiredService<RunnerStore>().FireAsync(1, [], cancel) },
        { "load", async (services, cancel) => await services.GetRequiredService<RunnerStore>().LoadAsync(cancel).CountAsync(cancel) },
        { "listen", async (services, cancel) => await services.GetRequiredService<ScheduleChanges>().ListenAsync(cancel).CountAsync(cancel) },
    };

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task Every_store_says_that_the_database_is_away(string name, Func<IServiceProvider, CancellationToken, Task> call)
    {
        await using var services = new ServiceCollection().AddDataThatIsAway().BuildServiceProvider();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => call(services, TestContext.Current.CancellationToken));

        Assert.True(ConsoleDatabase.IsAway(error), name + ": " + error);
    }
}
