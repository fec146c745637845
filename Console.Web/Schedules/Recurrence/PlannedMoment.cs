using System.Globalization;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>
/// A moment that a schedule names, before jitter. <paramref name="Planned"/> is the local time that was written; the clocks of
/// <paramref name="NominalAt"/> show another one when it does not exist on that day.
/// </summary>
public readonly record struct PlannedMoment(DateTimeOffset NominalAt, DateTime Planned, ClockChange Clocks = ClockChange.None)
{
    /// <summary>What a change of the clocks has to do with it; null on ordinary days.</summary>
    public string? Note => Clocks switch
    {
        ClockChange.Moved => $"{Clock} does not exist on this day; it runs when the clocks have gone forward",
        ClockChange.First => $"{Clock} comes twice on this day; this is the first time",
        ClockChange.Second => $"{Clock} comes twice on this day; this is the second time",
        _ => null,
    };

    private string Clock => Planned.ToString(Planned.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>What a change of the clocks did to a moment.</summary>
public enum ClockChange
{
    None,

    /// <summary>Its local time does not exist; it is the first moment after the gap.</summary>
    Moved,

    /// <summary>Its local time exists twice, and this is the first.</summary>
    First,

    Second,
}
