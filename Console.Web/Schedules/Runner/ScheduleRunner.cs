using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Tries to be the one console process that runs the schedules. It asks for the lease every second, and runs a term each time that it
/// gets it; an orderly stop gives it back, so that the next one need not wait for its end.
/// </summary>
public sealed class ScheduleRunner(RunnerStore store, TermHost host, IOptions<ScheduleOptions> options, TimeProvider time, ILogger<ScheduleRunner> log) : BackgroundService
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(2);
    private bool _isAway;

    /// <summary>How this process is called in the lease.</summary>
    public string Holder { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}:{RandomNumberGenerator.GetHexString(6, lowercase: true)}");

    /// <param name="givesBack">Asked at the end of a term; false: it ends as if it had been killed.</param>
    /// <param name="stop">Ends it.</param>
    internal async Task RunAsync(Func<bool> givesBack, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await AskAsync(stop) is { } epoch)
                await RunTermAsync(epoch, givesBack, stop);
            await Task.Delay(AskEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Run)
            await RunAsync(() => true, stoppingToken);
        else
            log.LogInformation("This console does not run schedules (Schedules:Run is false).");
    }

    private async Task<long?> AskAsync(CancellationToken stop)
    {
        try
        {
            var epoch = await store.TryAcquireAsync(Holder, options.Value.LeaseSeconds, stop);
            _isAway = false;
            return epoch;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            if (!_isAway)
                log.LogWarning("The lease of the schedule runner cannot be asked for ({Error}); trying again every second.", e.GetBaseException().Message);
            _isAway = true;
            return null;
        }
    }

    private async Task RunTermAsync(long epoch, Func<bool> givesBack, CancellationToken stop)
    {
        try
        {
            await host.RunAsync(epoch, stop);
        }
        catch (FencedException e)
        {
            log.LogWarning("This console does not run the schedules any more. {Cause}", e.Message);
            return;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            log.LogWarning("The schedules could not be loaded: {Error}", e.GetBaseException().Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.LogInformation("This console stops running the schedules.");
        }
        catch (Exception e)
        {
            log.LogError(e, "The schedule runner starts again after an error.");
        }
        if (givesBack())
            await GiveBackAsync(epoch);
    }

    private async Task GiveBackAsync(long epoch)
    {
        using var limit = new CancellationTokenSource(LongestRelease);
        try
        {
            await store.ReleaseAsync(epoch, limit.Token);
        }
        catch (Exception e)
        {
            log.LogInformation("The lease was not given back ({Error}); it ends by itself.", e.GetBaseException().Message);
        }
    }
}
