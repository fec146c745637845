using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>Looks now and then at how Redis is set, and at what was found wrong in it, once for all viewers.</summary>
public sealed class StorageWatch(JobInspector inspector, StorageBoard board, TimeProvider time, ILogger<StorageWatch> log)
    : LiveWatch(TimeSpan.FromSeconds(5), time)
{
    private const int Most = 1_000;
    private static readonly TimeSpan News = TimeSpan.FromHours(1);

    protected override async Task LookAsync(CancellationToken cancel) => board.Show(await ReadAsync(cancel));

    // Every failure of Redis is one of these; anything else is a bug.
    protected override void Report(Exception e)
    {
        if (e is JobStorageException)
            log.LogWarning("How the jobs are stored is not known: {Cause}", e.Message);
        else
            log.LogError(e, "How the jobs are stored is not known: looking at it failed.");
    }

    internal async Task<StorageView> ReadAsync(CancellationToken cancel)
    {
        var settings = await inspector.GetStorageAsync(cancel);
        var findings = await inspector.GetFindingsAsync(Most, since: Time.GetUtcNow() - News, cancel: cancel);
        return new StorageView(settings, StorageAttention.Of(settings, findings));
    }
}
