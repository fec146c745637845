using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OpsConsole.Data.Schedules;

public sealed partial class ScheduleStore
{
    // A name that somebody takes between the check and the write makes one more check, which then sees it.
    private const int ImportTries = 3;

    /// <summary>Makes and changes schedules in one transaction: all of them, or none when any of them cannot be written.</summary>
    /// <param name="rows">At most <see cref="ScheduleLimits.Bulk"/>; no two for the same schedule.</param>
    /// <param name="source">Name of the file when it is to be their source from now on; null leaves their sources alone.</param>
    public async Task<ScheduleImportResult> ImportAsync(
        IReadOnlyList<ScheduleImport> rows, string? source, ScheduleAuthor author, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, ScheduleLimits.Bulk);
        var now = time.GetUtcNow();
        ScheduleStage[] staged = [.. rows.Select((row, i) => ScheduleStage.Of(i, row, now))];
        for (var tries = 1; ; tries++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancel);
            await context.Database.OpenConnectionAsync(cancel);
            await using var transaction = await context.Database.BeginTransactionAsync(cancel);
            var import = new ScheduleImportRun((NpgsqlConnection)context.Database.GetDbConnection(), now, author);
            try
            {
                await import.StageAsync(staged, cancel);
                if (await import.ProblemsAsync(cancel) is { Count: > 0 } problems)
                    return new ScheduleImportResult(false, [], problems);
                await import.WriteAsync(StoredText.Clean(source, ScheduleLimits.Source), cancel);
            }
            catch (PostgresException error) when (IsNameTaken(error) && tries < ImportTries)
            {
                continue;
            }
            Guid[] ids = [.. staged.Select(s => s.Id)];
            await context.NotifyAsync(ScheduleNotice.Payloads(ScheduleChangeKind.Schedule, ids), cancel);
            await transaction.CommitAsync(cancel);
            return new ScheduleImportResult(true, ids, []);
        }
    }
}
