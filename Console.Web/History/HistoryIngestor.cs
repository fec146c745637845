using System.Globalization;
using System.Security.Cryptography;
using OpsConsole.Data;
using OpsConsole.Data.History;

namespace OpsConsole.Web.History;

/// <summary>
/// Tries to be the one console process that stores what happens. It asks for the lease every second, and runs a term each time that it
/// gets it; an orderly stop gives it back, so that the next one need not wait for its end.
/// </summary>
internal sealed class HistoryIngestor(IngestServices services, ILogger<HistoryIngestor> log) : BackgroundService
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(2);
    private bool _isAway;

    /// <summary>How this process is called in the lease.</summary>
    public string Holder { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}:{RandomNumberGenerator.GetHexString(6, lowercase: true)}");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!services.Options.Run)
        {
            log.LogInformation("This console does not store the history (History:Run is false).");
            return;
        }
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await AskAsync(stoppingToken) is { } term)
                await RunTermAsync(term, stoppingToken);
            await Task.Delay(AskEvery, services.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<HistoryTerm?> AskAsync(CancellationToken stop)
    {
        try
        {
            var term = await services.Store.TryAcquireAsync(Holder, services.Options.LeaseSeconds, stop);
            _isAway = false;
            return term;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            if (!_isAway)
                log.LogWarning("The lease of the history cannot be asked for ({Error}); trying again every second.", e.GetBaseException().Message);
            _isAway = true;
            return null;
        }
    }

    private async Task RunTermAsync(HistoryTerm term, CancellationToken stop)
    {
        log.LogInformation("This console stores the history (epoch {Epoch}) after position {Position}.", term.Epoch, term.Position);
        try
        {
            await new IngestTerm(term, services, log).RunAsync(stop);
        }
        catch (FencedException e)
        {
            log.LogWarning("This console stops storing the history. {Cause}", e.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.LogInformation("This console stops storing the history.");
        }
        catch (Exception e)
        {
            log.Log(ConsoleDatabase.IsAway(e) ? LogLevel.Warning : LogLevel.Error, e, "The history is taken up again after an error.");
        }
        // Also what another one holds by now may be given back: its epoch is another.
        await GiveBackAsync(term.Epoch);
    }

    private async Task GiveBackAsync(long epoch)
    {
        using var limit = new CancellationTokenSource(LongestRelease);
        try
        {
            await services.Store.ReleaseAsync(epoch, limit.Token);
        }
        catch (Exception e)
        {
            log.LogInformation("The lease of the history was not given back ({Error}); it ends by itself.", e.GetBaseException().Message);
        }
    }
}
