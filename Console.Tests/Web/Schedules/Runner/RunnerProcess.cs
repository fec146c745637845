using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Web.Schedules.Runner;

namespace OpsConsole.Tests.Web.Schedules.Runner;

/// <summary>A runner with connections of its own.</summary>
public sealed class RunnerProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private bool _isKilled;

    public RunnerProcess(ServiceProvider services)
    {
        _services = services;
        var runner = services.GetRequiredService<ScheduleRunner>();
        Holder = runner.Holder;
        _run = Task.Run(() => runner.RunAsync(() => !_isKilled, _stop.Token));
    }

    public string Holder { get; }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    /// <summary>Ends it at whatever it does; the lease is not given back.</summary>
    public Task KillAsync()
    {
        _isKilled = true;
        return StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
        _stop.Dispose();
    }
}
