using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Web.Schedules;

/// <summary>How schedules are run. Bound from the section <c>Schedules</c>.</summary>
public sealed class ScheduleOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Schedules";

    /// <summary>Whether this process may run the schedules. Of those that may, one does.</summary>
    /// <value>Default true.</value>
    public bool Run { get; set; } = true;

    /// <summary>A runner that has not been heard of for so long is replaced, in seconds.</summary>
    /// <value>Default 6.</value>
    [Range(2, 60)]
    public int LeaseSeconds { get; set; } = 6;

    /// <summary>How often changes are looked for that no notification told of, in seconds.</summary>
    /// <value>Default 5.</value>
    [Range(1, 300)]
    public int PollSeconds { get; set; } = 5;

    /// <summary>How long finished occurrences are kept, in days.</summary>
    /// <value>Default 90.</value>
    [Range(1, 3_650)]
    public int KeepOccurrencesDays { get; set; } = 90;
}
