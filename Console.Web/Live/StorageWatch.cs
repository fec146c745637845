using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>Looks now and then at how Redis is set, and at what was found wrong in it, once for all viewers.</summary>
public sealed class StorageWatch(JobInspector inspector, StorageBoard board, TimeProvider time, ILogger<StorageWatch> log) : BackgroundService
{
    private const int Most = 1_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan News = TimeSpan.FromHours(1);
    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                board.Show(await ReadAsync(stoppingToken));
                _isAway = false;
            }
            catch (JobStorageException e)
            {
                // That Redis is away is said on every page already; what was known stays.
                if (!_isAway)
                    log.LogWarning("How the jobs are stored is not known: {Cause}", e.Message);
                _isAway = true;
            }
            await Task.Delay(Every, time, stoppingToken);
        }
    }

    internal async Task<StorageView> ReadAsync(CancellationToken cancel)
    {
        var settings = await inspector.GetStorageAsync(cancel);
        var findings = await inspector.GetFindingsAsync(Most, since: time.GetUtcNow() - News, cancel: cancel);
        return new StorageView(settings, StorageAttention.Of(settings, findings));
    }
}
