using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Data;
using OpsConsole.Data.Operators;
using OpsConsole.Web.Operators;

namespace OpsConsole.Tests.Support;

/// <summary>
/// The console itself (named by a type of its assembly), in this process, on a database and a part of Redis of its own:
/// <c>class SignInTests(ConsoleSite site) : IClassFixture&lt;ConsoleSite&gt;</c>.
/// </summary>
public class ConsoleSite : WebApplicationFactory<OpsConsole.Web.Shell.App>, IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly PostgresFixture _postgres = new();
    private readonly RedisSpace _redis = new();
    private int _people;

    public string ConnectionString => _postgres.ConnectionString;

    /// <summary>The part of Redis that this console watches.</summary>
    public RedisSpace Redis => _redis;

    /// <summary>Another way to the same Redis, for tests of a connection that fails; set before the start.</summary>
    public string? RedisConnection { get; set; }

    /// <summary>Least level that is printed among the test results.</summary>
    public string LogLevel { get; set; } = "Warning";

    public IDbContextFactory<ConsoleDbContext> Contexts => Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>();

    public virtual ValueTask InitializeAsync() => _postgres.InitializeAsync();

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    /// <summary>A browser of its own, which follows no redirect by itself.</summary>
    public SiteVisitor Visit() => new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    /// <summary>A browser in which this operator is signed in.</summary>
    public async Task<SiteVisitor> VisitAsync(Operator who)
    {
        var visitor = Visit();
        var answer = await visitor.SubmitAsync("/sign-in", ("Form.Email", who.Email!), ("Form.Password", Password));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    /// <summary>Starts the console and waits until it has printed what it prints at its start, which ends earlier set-up links.</summary>
    public Task StartAsync() => Services.GetServices<IHostedService>().OfType<SetUpNotice>().Single().ExecuteTask!;

    /// <summary>Makes an account that no other test uses.</summary>
    public async Task<Operator> AddOperatorAsync(string role, string? password = Password)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Operator>>();
        var email = string.Create(CultureInfo.InvariantCulture, $"person{Interlocked.Increment(ref _people)}@example.org");
        var person = new Operator { UserName = email, Email = email, DisplayName = "Person " + email, CreatedAt = DateTimeOffset.UnixEpoch };
        Assert.True((password is null ? await users.CreateAsync(person) : await users.CreateAsync(person, password)).Succeeded);
        Assert.True((await users.AddToRoleAsync(person, role)).Succeeded);
        return person;
    }

    /// <summary>The session of an operator as pages get it.</summary>
    public async Task<ClaimsPrincipal> PrincipalAsync(Operator who)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Operator>>();
        return await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Operator>>().CreateAsync((await users.FindByIdAsync(who.Id.ToString()))!);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Database:ConnectionString", ConnectionString);
        builder.UseSetting("Jobs:Redis", RedisConnection ?? _redis.Options.Redis);
        builder.UseSetting("Jobs:Prefix", _redis.Options.Prefix);
        builder.UseSetting("Log:Folder", "");
        builder.UseSetting("Log:Level", LogLevel);
        builder.UseSetting("Operators:SignInAttemptsPerMinute", "1000");
    }
}
