namespace OpsConsole.Data.Schedules;

/// <summary>Who changes a schedule, and why.</summary>
public sealed record ScheduleAuthor(string Name, string? Why = null);

/// <summary>What came of a change.</summary>
/// <param name="Schedule">As it stands now; on <see cref="ScheduleWriteOutcome.Conflict"/> what somebody else has made of it; null when there is none.</param>
public sealed record ScheduleWrite(ScheduleWriteOutcome Outcome, Schedule? Schedule);

public enum ScheduleWriteOutcome
{
    Saved,

    /// <summary>Another schedule that is not deleted has this name.</summary>
    NameTaken,

    /// <summary>It has another version than the change began with.</summary>
    Conflict,

    /// <summary>There is none, or it is deleted.</summary>
    NotFound,

    /// <summary>The definition is what it was; nothing was written.</summary>
    Unchanged,
}

/// <summary>One schedule of an import.</summary>
/// <param name="ExistingId">The schedule that gets this definition; null: a new one.</param>
/// <param name="ExpectedVersion">Of the existing one; with another version nothing is imported. Null: any.</param>
/// <param name="Paused">A new one begins paused; an existing one that runs is paused.</param>
public sealed record ScheduleImport(ScheduleDefinition Definition, Guid? ExistingId = null, int? ExpectedVersion = null, bool Paused = false);

/// <summary>All or nothing: with a problem in any row nothing was written.</summary>
/// <param name="Ids">One for each row, in their order; empty when nothing was written.</param>
public sealed record ScheduleImportResult(bool IsSaved, IReadOnlyList<Guid> Ids, IReadOnlyList<ScheduleImportProblem> Problems);

/// <param name="Row">Counts from 0.</param>
public sealed record ScheduleImportProblem(int Row, ScheduleWriteOutcome Outcome);
