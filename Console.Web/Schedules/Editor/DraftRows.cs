namespace OpsConsole.Web.Schedules.Editor;

/// <summary>One row of a list in the editor, as it was typed.</summary>
public abstract class DraftRow
{
    /// <summary>Place in the definition that was read last; negative for a row that is not in it.</summary>
    public int Index { get; internal set; } = -1;

    /// <summary>Why the row is not in the definition although it is not empty.</summary>
    public string? Problem { get; internal set; }
}

public sealed class CronRow(string text = "") : DraftRow
{
    public string Text { get; set; } = text;
}

public sealed class IntervalRow(string every = "", string phase = "") : DraftRow
{
    public string Every { get; set; } = every;

    public string Phase { get; set; } = phase;
}

public sealed class MomentRow(string local = "") : DraftRow
{
    public string Local { get; set; } = local;
}

public sealed class RangeRow(string from = "", string to = "", string note = "") : DraftRow
{
    public string From { get; set; } = from;

    public string To { get; set; } = to;

    public string Note { get; set; } = note;
}
