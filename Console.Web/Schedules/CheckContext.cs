using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Schedules;

/// <summary>What must be known of the surroundings to check a definition.</summary>
public sealed record CheckContext
{
    /// <summary>The published type that the definition names, or null.</summary>
    public JobType? JobType { get; init; }

    /// <summary>False when Redis did not answer, so that nothing can be said about job types.</summary>
    public bool IsCatalogueRead { get; init; } = true;

    /// <summary>Days of every calendar by its name.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> Calendars { get; init; } = new Dictionary<string, IReadOnlySet<DateOnly>>();

    /// <summary>Another schedule has the name.</summary>
    public bool IsNameTaken { get; init; }
}
