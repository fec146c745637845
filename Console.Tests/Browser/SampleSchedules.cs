using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Browser;

/// <summary>Schedules with a past, written straight into the database: what became of their moments is as the test says.</summary>
internal static class SampleSchedules
{
    private static readonly ScheduleAuthor s_ada = new("ada", "Made for a test");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static ScheduleDefinition Yearly(string name) => new()
    {
        Name = name,
        Description = "A schedule of the tests.",
        Owner = "platform",
        Tags = ["nightly", "tests"],
        Job = new ScheduledJob { Type = "walk.greet", Arguments = """{"name":"Ada"}""" },
        // Far from any moment, so that only the test makes something of it.
        When = new ScheduleTiming { TimeZone = "Europe/Paris", Cron = ["30 2 1 1 *"] },
    };

    public static async Task<Schedule> MakeScheduleAsync(this WalkSite site, ScheduleDefinition definition)
    {
        var write = await site.Services.GetRequiredService<ScheduleStore>().CreateAsync(definition, s_ada, Cancel);
        Assert.Equal(ScheduleWriteOutcome.Saved, write.Outcome);
        return write.Schedule!;
    }

    public static async Task<Schedule> ChangeScheduleAsync(this WalkSite site, Schedule schedule, Func<ScheduleDefinition, ScheduleDefinition> change)
    {
        var write = await site.Services.GetRequiredService<ScheduleStore>().SaveAsync(schedule.Id, schedule.Version, change(schedule.Definition), s_ada, cancel: Cancel);
        Assert.Equal(ScheduleWriteOutcome.Saved, write.Outcome);
        return write.Schedule!;
    }

    public static async Task RecordAsync(this WalkSite site, params IReadOnlyList<Occurrence> occurrences)
    {
        await using var context = await site.Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync(Cancel);
        context.Occurrences.AddRange(occurrences);
        await context.SaveChangesAsync(Cancel);
    }

    /// <summary>One of each fate that an occurrence can have, a day between them, with this text wherever one can be.</summary>
    public static IReadOnlyList<Occurrence> EveryFate(Guid schedule, DateTimeOffset now, string text)
    {
        (OccurrenceState State, JobOutcome? Outcome, int Attempts)[] ends =
        [
            (OccurrenceState.Ran, JobOutcome.Succeeded, 1), (OccurrenceState.Ran, JobOutcome.Succeeded, 2), (OccurrenceState.Late, JobOutcome.Succeeded, 1), (OccurrenceState.Ran, JobOutcome.Failed, 3),
            (OccurrenceState.Ran, JobOutcome.Deleted, 1), (OccurrenceState.Ran, JobOutcome.Expired, 0), (OccurrenceState.Ran, JobOutcome.Unknown, 0), (OccurrenceState.Missed, null, 0),
            (OccurrenceState.Skipped, null, 0), (OccurrenceState.Paused, null, 0), (OccurrenceState.FailedToEnqueue, null, 0),
        ];
        return [.. ends.Select((end, i) => Ended(schedule, now.AddDays(i - ends.Length), end.State, end.Outcome, end.Attempts, text))];
    }

    public static Occurrence Ended(Guid schedule, DateTimeOffset at, OccurrenceState state, JobOutcome? outcome, int attempts = 1, string? cause = null) => new()
    {
        ScheduleId = schedule,
        NominalAt = at,
        DueAt = at,
        State = state,
        Version = 1,
        RecordedAt = at,
        EnqueuedAt = outcome is null ? null : at.AddMilliseconds(20),
        StartedAt = attempts > 0 ? at.AddMilliseconds(80) : null,
        EndedAt = attempts > 0 ? at.AddSeconds(30 * attempts) : null,
        Outcome = outcome,
        Attempts = attempts,
        Cause = cause,
        MissedAt = state is OccurrenceState.Missed or OccurrenceState.FailedToEnqueue ? at : null,
    };
}
