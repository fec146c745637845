using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data;

namespace OpsConsole.Tests.Data;

internal static class AwayData
{
    /// <summary>The stores over a server that nobody has started.</summary>
    public static IServiceCollection AddDataThatIsAway(this IServiceCollection services) =>
        services.AddConsoleData("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");
}
