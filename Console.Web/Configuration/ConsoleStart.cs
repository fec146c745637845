using OpsConsole.Data;

namespace OpsConsole.Web.Configuration;

/// <summary>
/// Brings the database to this version before anything asks it. While it is away the console already listens, says so on every
/// page, and keeps trying.
/// </summary>
internal sealed class ConsoleStart(ConsoleDatabase database, TimeProvider time, ILogger<ConsoleStart> log) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the database has this version's schema.</summary>
    public Task Ready => _ready.Task;

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>The first try is made before any other service starts, so that normally nothing ever sees an old schema.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => TryAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!IsReady)
        {
            await Task.Delay(Pause, time, stoppingToken);
            await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            var applied = await database.MigrateAsync(cancel);
            if (applied.Count > 0)
                log.LogInformation("The database was brought to this version: {Migrations}", string.Join(", ", applied));
            _ready.TrySetResult();
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            log.LogWarning("Waiting for PostgreSQL ({Error}). Start it, or correct Database:ConnectionString; trying again every {Seconds} s", e.GetBaseException().Message, Pause.TotalSeconds);
        }
    }
}
