using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Data.Operators;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Operators;

namespace OpsConsole.Tests.Web.Operators;

public sealed class UnattendedSetUpTests : IAsyncLifetime
{
    private readonly ConsoleSite _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_environment_makes_the_first_administrator_and_no_second()
    {
        await StartAsync("ada@example.org", ConsoleSite.Password);
        await StartAsync("mallory@example.org", ConsoleSite.Password);

        var user = Assert.Single(await UsersAsync());
        Assert.Equal("ada@example.org", user.Email);
        await _site.VisitAsync(user);
    }

    [Theory]
    [InlineData("ada@example.org", "weak")]
    [InlineData("ada@example.org", null)]
    [InlineData("no address", ConsoleSite.Password)]
    public async Task What_is_wrong_in_the_environment_makes_nobody_and_leaves_the_link(string email, string? password)
    {
        await StartAsync(email, password);

        Assert.Empty(await UsersAsync());
        await using var context = await _site.Contexts.CreateDbContextAsync(Cancel);
        Assert.Single(await context.Settings.ToListAsync(Cancel), setting => setting.Key == "set-up-token");
    }

    private async Task StartAsync(string email, string? password)
    {
        // Kept until the class ends: disposing a derived factory would dispose what it shares.
        var started = _site.WithWebHostBuilder(host => host.UseSetting("OPS_ADMIN_EMAIL", email).UseSetting("OPS_ADMIN_PASSWORD", password));
        await started.Services.GetServices<IHostedService>().OfType<SetUpNotice>().Single().ExecuteTask!;
    }

    private async Task<List<Operator>> UsersAsync()
    {
        await using var context = await _site.Contexts.CreateDbContextAsync(Cancel);
        return await context.Users.ToListAsync(Cancel);
    }
}
