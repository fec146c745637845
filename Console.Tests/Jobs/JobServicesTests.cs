using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Tests.Jobs;

public class JobServicesTests
{
    [Fact]
    public async Task Storage_is_bound_from_its_section_and_brings_every_service()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Jobs:Redis"] = "redis:6380", ["Jobs:Prefix"] = "p:", ["Jobs:TimeoutMilliseconds"] = "750" }).Build();
        await using var services = new ServiceCollection().AddJobStorage(configuration.GetSection(JobStorageOptions.Section)).BuildServiceProvider();

        Assert.Equal(("redis:6380", "p:queues", 750), (services.GetRequiredService<JobRedis>().Options.Redis, services.GetRequiredService<JobRedis>().Keys.Queues, services.GetRequiredService<JobRedis>().Options.TimeoutMilliseconds));
        Assert.NotNull(services.GetRequiredService<JobClient>());
        Assert.NotNull(services.GetRequiredService<JobCatalogue>());
        Assert.NotNull(services.GetRequiredService<JobInspector>());
        Assert.NotNull(services.GetRequiredService<JobControl>());
        Assert.NotNull(services.GetRequiredService<JobEventReader>());
    }

    [Theory]
    [InlineData("127.0.0.1:6379,colour=blue", "{hangfire}:", 2_000, "Jobs:Redis")]
    [InlineData("", "{hangfire}:", 2_000, "Redis")]
    [InlineData("127.0.0.1:6379", "", 2_000, "Prefix")]
    [InlineData("127.0.0.1:6379", "{hangfire}:", 1, "TimeoutMilliseconds")]
    public async Task Options_that_cannot_work_are_named_at_start(string redis, string prefix, int timeout, string named)
    {
        await using var services = new ServiceCollection().AddJobStorage(options => (options.Redis, options.Prefix, options.TimeoutMilliseconds) = (redis, prefix, timeout)).BuildServiceProvider();

        var fault = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<JobStorageOptions>>().Value);

        Assert.Contains(named, fault.Message);
    }
}
