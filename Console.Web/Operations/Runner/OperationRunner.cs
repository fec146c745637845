using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>
/// Tries to be the one console process that runs the mass operations: asks for the lease every second, and runs a term each time that
/// it gets it. An orderly stop gives it back.
/// </summary>
public sealed class OperationRunner : BackgroundService
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(2);
    private readonly OperationPieces _pieces;
    private readonly OperationOptions _options;
    private bool _isAway;

    public OperationRunner(OperationStore store, OperationTermStore term, BulkControl control, OperationFeed feed, IOptions<OperationOptions> options, TimeProvider time, ILogger<OperationRunner> log)
    {
        _pieces = new OperationPieces(store, term, control, feed, time, log);
        _options = options.Value;
    }

    /// <summary>How this process is called in the lease.</summary>
    public string Holder { get; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}:{RandomNumberGenerator.GetHexString(6, lowercase: true)}");

    /// <param name="givesBack">Asked at the end of a term; false: it ends as if it had been killed.</param>
    /// <param name="stop">Ends it.</param>
    internal async Task RunAsync(Func<bool> givesBack, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await AskAsync(stop) is { } epoch)
                await RunTermAsync(epoch, givesBack, stop);
            await Task.Delay(AskEvery, _pieces.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Run)
            return RunAsync(() => true, stoppingToken);
        _pieces.Log.LogInformation("This console does not run mass operations (Operations:Run is false).");
        return Task.CompletedTask;
    }

    private async Task<long?> AskAsync(CancellationToken stop)
    {
        try
        {
            var epoch = await _pieces.Term.TryAcquireAsync(Holder, _options.LeaseSeconds, stop);
            _isAway = false;
            return epoch;
        }
        catch (Exception e)
        {
            if (!_isAway && !stop.IsCancellationRequested)
                _pieces.Log.LogWarning("The lease of the mass operations cannot be asked for ({Error}); trying again every second.", e.GetBaseException().Message);
            _isAway = true;
            return null;
        }
    }

    private async Task RunTermAsync(long epoch, Func<bool> givesBack, CancellationToken stop)
    {
        try
        {
            await new OperationTerm(epoch, _pieces, _options).RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _pieces.Log.LogInformation("This console stops running mass operations.");
        }
        catch (BulkFencedException e)
        {
            _pieces.Log.LogWarning("This console does not run mass operations any more. {Cause}", e.Message);
            return;
        }
        catch (Exception e)
        {
            _pieces.Log.LogError(e, "The mass operations are taken up again after an error.");
        }
        if (givesBack())
            await GiveBackAsync(epoch);
    }

    private async Task GiveBackAsync(long epoch)
    {
        using var limit = new CancellationTokenSource(LongestRelease);
        try
        {
            await _pieces.Term.ReleaseAsync(epoch, limit.Token);
        }
        catch (Exception e)
        {
            _pieces.Log.LogInformation("The lease was not given back ({Error}); it ends by itself.", e.GetBaseException().Message);
        }
    }
}
