namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>The calendar of one range, counted.</summary>
public sealed class CalendarPicture
{
    private readonly Lazy<double> _usual;

    public CalendarPicture() => _usual = new Lazy<double>(Usual);

    public required CalendarRange Range { get; init; }

    public required IReadOnlyList<CalendarCell> Cells { get; init; }

    /// <summary>When it was counted; before this it is past, behind it planned.</summary>
    public required DateTimeOffset At { get; init; }

    public required Outlook Outlook { get; init; }

    /// <summary>Timings with too many runs in this range, which are in no cell.</summary>
    public IReadOnlyList<OutlookGroup> TooOften { get; init; } = [];

    /// <summary>There were more past occurrences than were counted.</summary>
    public bool IsPastCut { get; init; }

    public long Most => Cells.Count == 0 ? 0 : Cells.Max(cell => cell.Count);

    public bool IsEmpty => Most == 0 && TooOften.Count == 0;

    /// <summary>0 to 4: how heavy a cell is beside the usual one in which anything runs. A few runs are never heavy.</summary>
    public int Level(CalendarCell cell) => (cell.Count, cell.Count / _usual.Value) switch
    {
        (0, _) => 0,
        ( <= 1, _) or (_, < 0.6) => 1,
        ( <= 2, _) or (_, < 1.4) => 2,
        ( <= 4, _) or (_, < 2.2) => 3,
        _ => 4,
    };

    /// <summary>Nothing of it is still to come.</summary>
    public bool IsOver => Range.To <= At;

    /// <summary>The cells in which most will start or, where all is over, most were due; those with one run are left out.</summary>
    public IReadOnlyList<(int Cell, long Count)> Heaviest(int count) =>
        [.. Cells.Select((cell, index) => (index, Count: IsOver ? cell.PastCount : cell.Planned)).Where(cell => cell.Count > 1).OrderByDescending(cell => cell.Count).ThenBy(cell => cell.index).Take(count)];

    private double Usual()
    {
        var counts = Cells.Select(cell => cell.Count).Where(count => count > 0).Order().ToList();
        return counts.Count == 0 ? 1 : counts[counts.Count / 2];
    }
}
