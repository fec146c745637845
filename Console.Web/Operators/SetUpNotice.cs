using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using OpsConsole.Data;
using OpsConsole.Web.Configuration;

namespace OpsConsole.Web.Operators;

/// <summary>While there is no administrator: makes one from the environment, or prints the link that makes one.</summary>
internal sealed class SetUpNotice(
    SetUp setUp, ConsoleStart start, IServer server, IOptions<OperatorOptions> options, IConfiguration configuration,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SetUpNotice> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Ready.WaitAsync(stoppingToken);
        await lifetime.Started().WaitAsync(stoppingToken);
        while (!await TryAsync(Address(), stoppingToken))
            await Task.Delay(Pause, time, stoppingToken);
    }

    private async Task<bool> TryAsync(string address, CancellationToken cancel)
    {
        try
        {
            if (await setUp.IsNeededAsync(cancel))
                await BeginAsync(address, cancel);
            else
                log.LogInformation("Ops Console is at {Address}", address);
            return true;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            log.LogWarning("It is not known yet whether there is an administrator, because the database is away: {Error}", e.GetBaseException().Message);
            return false;
        }
    }

    private async Task BeginAsync(string address, CancellationToken cancel)
    {
        var (email, password) = (configuration["OPS_ADMIN_EMAIL"], configuration["OPS_ADMIN_PASSWORD"]);
        if (email is { Length: > 0 } || password is { Length: > 0 })
        {
            var (created, problem) = await setUp.CreateAsync(null, NameFrom(email), email ?? "", password ?? "", null, cancel);
            if (created is not null)
            {
                log.LogInformation("Ops Console is at {Address}; the first administrator is {Email}", address, created.Email);
                return;
            }
            log.LogError("OPS_ADMIN_EMAIL and OPS_ADMIN_PASSWORD made no administrator: {Problem} Change them and start again, or use the set-up link", problem);
        }
        var token = await setUp.IssueTokenAsync(cancel);
        // To the terminal only: whoever can read the log files must not become administrator by that.
        await Console.Out.WriteLineAsync($"Ops Console is at {address} and has no administrator yet. Make one within {options.Value.SetUpLinkHours} hours, once: {address}/set-up?token={token}");
    }

    private static string NameFrom(string? email) => email?.Split('@')[0] is { Length: > 0 } name ? name : "Administrator";

    private string Address()
    {
        if (options.Value.PublicUrl is { Length: > 0 } configured)
            return configured.TrimEnd('/');
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1";
        return address.Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal).TrimEnd('/');
    }
}
