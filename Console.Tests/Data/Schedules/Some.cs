using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

/// <summary>Definitions and rows with nothing special about them.</summary>
internal static class Some
{
    public static readonly ScheduleAuthor Ada = new("ada", "for a test");

    public static ScheduleDefinition Definition(string? name = null) => new()
    {
        Name = name ?? "schedule " + Guid.NewGuid(),
        Owner = "platform",
        Tags = ["nightly"],
        Job = new ScheduledJob { Type = "reports.generate", Arguments = """{"day":"today"}""", Queue = "reports" },
        When = new ScheduleTiming { TimeZone = "Europe/Paris", Cron = ["0 3 * * *"] },
    };

    public static async Task<Schedule> ScheduleAsync(this ScheduleStore store, string? name = null)
    {
        var write = await store.CreateAsync(Definition(name), Ada, TestContext.Current.CancellationToken);
        Assert.Equal(ScheduleWriteOutcome.Saved, write.Outcome);
        return write.Schedule!;
    }

    public static Occurrence Planned(Guid schedule, DateTimeOffset at, OccurrenceState state = OccurrenceState.Pending) => new()
    {
        ScheduleId = schedule,
        NominalAt = at,
        DueAt = at,
        Version = 1,
        RecordedAt = at,
        State = state,
        IsOpen = state is OccurrenceState.Pending or OccurrenceState.Buffered,
    };

    public static FireRow Fire(Guid schedule, DateTimeOffset at, DateTimeOffset? next, params IReadOnlyList<Occurrence> occurrences) => new(occurrences, new ScheduleCursor
    {
        ScheduleId = schedule,
        Version = 1,
        NextNominalAt = next,
        NextDueAt = next,
        GraceSeconds = 60,
        Runs = 1,
        LastNominalAt = at,
        LastState = OccurrenceState.Pending,
    });
}
