using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Web.Schedules;

/// <summary>Records as the stores give them, for components.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid Id = Guid.Parse("00000000-0000-0000-0000-0000000000a1");

    /// <summary>An occurrence whose job succeeded on time; others are made of it.</summary>
    public static Occurrence Ran(int hoursAgo = 1, double seconds = 4, JobOutcome? outcome = JobOutcome.Succeeded, int attempts = 1, OccurrenceState state = OccurrenceState.Ran, double lateMs = 8, Guid? schedule = null) => new()
    {
        ScheduleId = schedule ?? Id,
        NominalAt = Now.AddHours(-hoursAgo),
        DueAt = Now.AddHours(-hoursAgo),
        State = state,
        Version = 1,
        RecordedAt = Now.AddHours(-hoursAgo),
        EnqueuedAt = Now.AddHours(-hoursAgo).AddMilliseconds(lateMs),
        StartedAt = Now.AddHours(-hoursAgo).AddSeconds(1),
        EndedAt = outcome is null ? null : Now.AddHours(-hoursAgo).AddSeconds(1 + seconds),
        Outcome = outcome,
        Attempts = attempts,
        IsOpen = outcome is null,
    };

    /// <summary>An occurrence without a job.</summary>
    public static Occurrence Without(OccurrenceState state, int hoursAgo = 1, string? cause = null, Guid? schedule = null) => new()
    {
        ScheduleId = schedule ?? Id,
        NominalAt = Now.AddHours(-hoursAgo),
        DueAt = Now.AddHours(-hoursAgo),
        State = state,
        Version = 1,
        Cause = cause,
        MissedAt = state is OccurrenceState.Missed or OccurrenceState.FailedToEnqueue ? Now.AddHours(-hoursAgo) : null,
        IsOpen = state is OccurrenceState.Pending or OccurrenceState.Buffered,
    };

    public static Schedule Schedule(ScheduleDefinition? definition = null, Guid? id = null)
    {
        var of = definition ?? Definition();
        return new Schedule
        {
            Id = id ?? Id,
            Definition = of,
            Name = of.Name,
            JobType = of.Job.Type,
            Queue = of.Job.Queue,
            Owner = of.Owner,
            Tags = [.. of.Tags],
            CreatedAt = Now.AddDays(-30),
            Cursor = new ScheduleCursor { ScheduleId = id ?? Id, Version = 1, NextNominalAt = Now.AddMinutes(20), NextDueAt = Now.AddMinutes(20), GraceSeconds = of.GraceSeconds },
        };
    }

    public static ScheduleDefinition Definition(string name = "billing cut-off") => new()
    {
        Name = name,
        Owner = "finance",
        Tags = ["month-end"],
        Job = new ScheduledJob { Type = "ledger.close-month", Queue = "ledger" },
        When = new ScheduleTiming { TimeZone = "Europe/Berlin", Cron = ["30 2 28 * *"] },
    };
}
