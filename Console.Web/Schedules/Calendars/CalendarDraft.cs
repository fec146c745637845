using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Calendars;

/// <summary>A calendar as it is being edited.</summary>
public sealed class CalendarDraft
{
    private CalendarDraft(ScheduleCalendar? saved)
    {
        (Saved, Name, Description) = (saved, saved?.Name ?? "", saved?.Description ?? "");
        Lines = DayLines.Write(saved?.Days ?? []);
        Read();
    }

    /// <summary>As it was when editing began; null for a new one.</summary>
    public ScheduleCalendar? Saved { get; private set; }

    /// <summary>What somebody else has saved meanwhile.</summary>
    public ScheduleCalendar? Theirs { get; private set; }

    public string Name { get; set; }

    public string Description { get; set; }

    /// <summary>The days, one a line.</summary>
    public string Lines { get; set; }

    public DayReading Reading { get; private set; } = new([], []);

    public int Added { get; private set; }

    public int Removed { get; private set; }

    public bool IsDirty => Added + Removed > 0 || Reading.Problems.Count > 0 || Name.Trim() != (Saved?.Name ?? "") || Description.Trim() != (Saved?.Description ?? "");

    public static CalendarDraft New() => new(null);

    public static CalendarDraft Of(ScheduleCalendar saved) => new(saved);

    public void Read()
    {
        Reading = DayLines.Read(Lines);
        // A pasted file is turned into the lines that it means, which can be looked at.
        if (CalendarFile.Is(Lines) && Reading.Problems.Count == 0) Lines = DayLines.Write(Reading.Days);
        var before = Saved?.Days ?? [];
        (Added, Removed) = (Reading.Days.Except(before).Count(), before.Except(Reading.Days).Count());
    }

    public void Meet(ScheduleCalendar theirs) => Theirs = theirs;

    /// <summary>Keeps what was typed, to be saved over what the other one has saved.</summary>
    public void PutMineOnTop()
    {
        (Saved, Theirs) = (Theirs ?? Saved, null);
        Read();
    }

    public ScheduleCalendar ToCalendar() => new() { Name = Name.Trim(), Description = Description.Trim(), Days = Reading.Days };
}
