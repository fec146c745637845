using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data;

Console.Error.WriteLine("This project is for: dotnet tool restore && dotnet ef migrations add NAME --project Console.Data --startup-project Console.Data.Design");
return 1;

/// <summary>Gives the migrations tool the context exactly as the console has it. No connection is opened to add a migration.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<ConsoleDbContext>
{
    public ConsoleDbContext CreateDbContext(string[] args)
    {
        var connection = Environment.GetEnvironmentVariable("OPS_DATABASE") ?? "Host=127.0.0.1;Database=design";
        var services = new ServiceCollection().AddConsoleData(connection).BuildServiceProvider();
        return services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContext();
    }
}
