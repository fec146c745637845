using OpsConsole.Data;

namespace OpsConsole.Web.Live;

/// <summary>Asks the database every three seconds whether it is there, because without it no act can be put on record.</summary>
public sealed class DatabaseProbe(ConsoleDatabase database, LiveHealth health, TimeProvider time, ILogger<DatabaseProbe> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await AskAsync(stoppingToken);
            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private async Task AskAsync(CancellationToken stopping)
    {
        try
        {
            await database.PingAsync(stopping).WaitAsync(Patience, time, stopping);
            health.DatabaseAnswered();
        }
        catch (Exception e) when (e is TimeoutException || ConsoleDatabase.IsAway(e))
        {
            if (!health.Current.Database.IsLost)
                log.LogWarning("The database does not answer: {Cause}", e.GetBaseException().Message);
            health.DatabaseFailed(e is TimeoutException ? "It did not answer within 2 seconds." : e.GetBaseException().Message);
        }
    }
}
