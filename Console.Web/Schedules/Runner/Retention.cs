using Microsoft.Extensions.Options;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Removes old occurrences, in pieces that hold nobody up.</summary>
public sealed class Retention(RunnerStore store, IOptions<ScheduleOptions> options, TimeProvider time, ILogger<Retention> log)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private const int Piece = 5_000;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    public async Task RunAsync(CancellationToken cancel)
    {
        var before = time.GetUtcNow().AddDays(-options.Value.KeepOccurrencesDays);
        long removed = 0;
        while (await store.PruneAsync(before, Piece, cancel) is var count and > 0)
        {
            removed += count;
            if (count < Piece)
                break;
            await Task.Delay(Rest, time, cancel);
        }
        if (removed > 0)
            log.LogInformation("{Count} occurrences from before {Before:u} were removed from the ledger.", removed, before);
    }
}
