using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OpsConsole.Data.Schedules;

/// <summary>The schedules, as operators change and read them. Every change is announced to all consoles with its commit.</summary>
public sealed partial class ScheduleStore(IDbContextFactory<ConsoleDbContext> contexts, TimeProvider time)
{
    public async Task<ScheduleWrite> CreateAsync(ScheduleDefinition definition, ScheduleAuthor author, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        definition = ScheduleText.Clean(definition);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);
        var schedule = new Schedule
        {
            Id = Guid.CreateVersion7(now),
            Definition = definition,
            Name = definition.Name,
            JobType = definition.Job.Type,
            CreatedAt = now,
            Cursor = new ScheduleCursor(),
        };
        await SetAsync(context, schedule, definition, cancel);
        context.Add(schedule);
        context.Add(Version(schedule, author, restoredFrom: null, now));
        return await CommitAsync(context, schedule, cancel) ? new(ScheduleWriteOutcome.Saved, schedule) : new(ScheduleWriteOutcome.NameTaken, null);
    }

    /// <param name="expectedVersion">The version that the operator has edited.</param>
    /// <param name="restoredFrom">The version whose definition this is, when it is restored.</param>
    public async Task<ScheduleWrite> SaveAsync(
        Guid id, int expectedVersion, ScheduleDefinition definition, ScheduleAuthor author, int? restoredFrom = null, CancellationToken cancel = default)
    {
        definition = ScheduleText.Clean(definition);
        await using var context = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);
        // Two editors at once: the second waits here, and then sees the version of the first.
        await context.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Schedules" WHERE "Id" = {id} FOR UPDATE""", cancel);
        var schedule = await context.Schedules.Include(s => s.Cursor).SingleOrDefaultAsync(s => s.Id == id && s.DeletedAt == null, cancel);
        if (schedule is null)
            return new(ScheduleWriteOutcome.NotFound, null);
        if (schedule.Version != expectedVersion)
            return new(ScheduleWriteOutcome.Conflict, schedule);
        if (ScheduleJson.Same(schedule.Definition, definition))
            return new(ScheduleWriteOutcome.Unchanged, schedule);
        schedule.Version++;
        await SetAsync(context, schedule, definition, cancel);
        context.Add(Version(schedule, author, restoredFrom, time.GetUtcNow()));
        return await CommitAsync(context, schedule, cancel) ? new(ScheduleWriteOutcome.Saved, schedule) : new(ScheduleWriteOutcome.NameTaken, null);
    }

    private static ScheduleVersion Version(Schedule schedule, ScheduleAuthor author, int? restoredFrom, DateTimeOffset now) => new()
    {
        ScheduleId = schedule.Id,
        Version = schedule.Version,
        At = now,
        By = StoredText.Clean(author.Name, ScheduleLimits.Operator),
        Why = StoredText.Clean(author.Why, ScheduleLimits.Note),
        RestoredFrom = restoredFrom,
        Definition = schedule.Definition,
    };

    private static async Task SetAsync(ConsoleDbContext context, Schedule schedule, ScheduleDefinition definition, CancellationToken cancel)
    {
        schedule.Definition = definition;
        schedule.Name = definition.Name;
        schedule.NameKey = ScheduleText.Key(definition.Name);
        schedule.JobType = definition.Job.Type;
        schedule.Queue = definition.Job.Queue;
        schedule.Owner = definition.Owner;
        schedule.Tags = [.. definition.Tags];
        schedule.SearchText = ScheduleText.Search(definition);
        schedule.Timing = ScheduleJson.Write(definition.When);
        schedule.Calendars = [.. definition.When.ExceptCalendars];
        schedule.UpdatedAt = await context.Database.SqlQuery<DateTimeOffset>($"""SELECT clock_timestamp() AS "Value" """).SingleAsync(cancel);
    }

    /// <returns>False when another schedule has the name.</returns>
    private static async Task<bool> CommitAsync(ConsoleDbContext context, Schedule schedule, CancellationToken cancel)
    {
        try
        {
            await context.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException refused) when (IsNameTaken(refused.InnerException))
        {
            return false;
        }
        await context.NotifyAsync(ScheduleNotice.Payloads(ScheduleChangeKind.Schedule, [schedule.Id]), cancel);
        await context.Database.CommitTransactionAsync(cancel);
        return true;
    }

    private static bool IsNameTaken(Exception? error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: ScheduleConfiguration.NameIndex };
}
