using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>What an import would do, compared with the schedules as they were at that moment. Writes nothing by itself.</summary>
public sealed record ImportPlan
{
    /// <summary>Name of the file.</summary>
    public required string File { get; init; }

    /// <summary>Rows without errors, in their order.</summary>
    public IReadOnlyList<PlanRow> Rows { get; init; } = [];

    /// <summary>Schedules of the file with errors; with a single one nothing is imported.</summary>
    public IReadOnlyList<FaultyRow> Errors { get; init; } = [];

    /// <summary>Why the file as a whole cannot be used.</summary>
    public FileFault? Fault { get; init; }

    /// <summary>The first schedules that are here and not in the file, by name.</summary>
    public IReadOnlyList<OnlyHere> OnlyHere { get; init; } = [];

    /// <summary>How many of them there are.</summary>
    public int OnlyHereCount { get; init; }

    public bool IsSound => Fault is null && Errors.Count == 0;

    public int Count(PlanKind kind) => Rows.Count(row => row.Kind == kind);

    /// <summary>Rows that would undo what operators have changed since the last import.</summary>
    public IReadOnlyList<PlanRow> Drifted => [.. Rows.Where(row => row is { Kind: PlanKind.Changed, Drift.Count: > 0 })];
}

/// <summary>What an import would do with one schedule of the file.</summary>
/// <param name="Row">Its place in the file, from 1.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Definition">As the file has it.</param>
/// <param name="Kind">What would become of it.</param>
public sealed record PlanRow(int Row, int Line, ScheduleDefinition Definition, PlanKind Kind)
{
    /// <summary>The schedule of this name; null for a new one.</summary>
    public Guid? ExistingId { get; init; }

    /// <summary>Its version; the import writes nothing when it has another one by then.</summary>
    public int? ExistingVersion { get; init; }

    /// <summary>From what is here to what the file has.</summary>
    public IReadOnlyList<ChangedMember> Changes { get; init; } = [];

    /// <summary>What operators have changed since the file was imported last; empty where it is no source.</summary>
    public IReadOnlyList<ChangedMember> Drift { get; init; } = [];

    public IReadOnlyList<DefinitionProblem> Warnings { get; init; } = [];

    /// <summary>The source that it has now.</summary>
    public string? Source { get; init; }
}

public enum PlanKind
{
    New,
    Changed,
    Same,
}

/// <summary>One schedule of the file that cannot be imported, with everything that is wrong with it.</summary>
public sealed record FaultyRow(int Row, int Line, string Name, IReadOnlyList<DefinitionProblem> Problems);

/// <summary>A schedule that the file does not have.</summary>
/// <param name="Source">Name of the file that is its source, or null.</param>
public sealed record OnlyHere(Guid Id, string Name, string? Source);

/// <summary>What an operator decides about an import.</summary>
public sealed record ImportChoices
{
    /// <summary>New schedules begin paused.</summary>
    public bool StartPaused { get; init; }

    /// <summary>Name of the file when it is to be the source of its schedules from now on.</summary>
    public string? Source { get; init; }

    /// <summary>What happens to schedules that operators have changed since the file was imported last.</summary>
    public DriftChoice Drift { get; init; }
}

public enum DriftChoice
{
    /// <summary>Not decided; nothing is imported while there are such schedules.</summary>
    Undecided,

    /// <summary>They stay as they are.</summary>
    Keep,

    /// <summary>They get what the file has.</summary>
    Overwrite,
}
