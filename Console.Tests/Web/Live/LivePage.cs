using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Operators;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Live;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Live;

/// <summary>What a live page needs around it: a board to feed, a signed-in person, and nothing behind the acts.</summary>
public abstract class LivePage : BunitContext
{
    internal Story Story { get; } = new();

    protected FleetBoard Board { get; } = new(TimeProvider.System);

    protected RedisSpace Space { get; } = new();

    protected LivePage(string role = OperatorRole.Operator)
    {
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(Board);
        Services.AddSingleton<LiveHealth>();
        Services.AddSingleton<ScheduleBoard>();
        Services.AddSingleton<HistoryBoard>();
        Services.AddSingleton<StorageBoard>();
        Services.AddSingleton<GroupBoard>();
        Services.AddSingleton(Space.Redis);
        Services.AddSingleton<JobCatalogue>();
        Services.AddSingleton<JobInspector>();
        Services.AddScoped<Confirm>();
        Services.AddScoped<Toasts>();
        Services.AddScoped(_ => new OperatorActions(null!, null!, null!));
        Services.AddScoped<OperatorDialogs>();
        SignIn(role);
        SetRendererInfo(new RendererInfo("Server", true));
    }

    /// <summary>What is asked before an act, or null while nothing is.</summary>
    protected ConfirmQuestion? Asked => Services.GetRequiredService<Confirm>().Open;

    private void SignIn(string role)
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "mara@example.org"), new Claim(ClaimTypes.Role, role)], "test"));
        var state = Task.FromResult(new AuthenticationState(user));
        Services.AddScoped<AuthenticationStateProvider>(_ => new FixedViewer(state));
        Services.AddCascadingValue(_ => state);
    }

    internal void Tell(params JobEvent[] events)
    {
        Board.Apply(events);
        Board.Publish();
    }

    internal void Tell(FleetSnapshot snapshot)
    {
        Board.Apply(snapshot);
        Board.Publish();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Space.DisposeAsync();
    }

    private sealed class FixedViewer(Task<AuthenticationState> state) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => state;
    }
}
