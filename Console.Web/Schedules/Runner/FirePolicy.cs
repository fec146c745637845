using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Decides what becomes of the moments that are due. Pure.</summary>
public static class FirePolicy
{
    public static FireDecision Decide(RunnerEntry entry, DateTimeOffset now)
    {
        var next = entry.Next;
        var rows = new List<Occurrence>();
        while (next is { } moment && moment.DueAt <= now && rows.Count < 100)
        {
            var late = now - moment.DueAt > TimeSpan.FromSeconds(entry.Plan!.GraceSeconds);
            var state = late ? OccurrenceState.Missed : entry.Pause?.Holds(moment.DueAt) == true ? OccurrenceState.Paused : OccurrenceState.Pending;
            rows.Add(new Occurrence
            {
                ScheduleId = entry.Id,
                NominalAt = moment.NominalAt,
                Kind = OccurrenceKind.Planned,
                State = state,
                DueAt = moment.DueAt,
                Version = entry.Version,
                RecordedAt = now,
                Cause = moment.Note,
                IsOpen = state == OccurrenceState.Pending,
            });
            next = entry.After(moment.NominalAt);
        }
        return new FireDecision { Occurrences = rows, Next = next, Runs = entry.Runs + rows.Count(row => row.State == OccurrenceState.Pending) };
    }
}
