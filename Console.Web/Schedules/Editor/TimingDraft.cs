using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>When a schedule runs, as texts of the editor's fields.</summary>
public sealed class TimingDraft
{
    public string Zone { get; set; } = "UTC";

    public List<CronRow> Cron { get; } = [];

    public List<IntervalRow> Every { get; } = [];

    public List<MomentRow> At { get; } = [];

    public List<RangeRow> Ranges { get; } = [];

    /// <summary>Names of calendars whose days are left out.</summary>
    public List<string> Calendars { get; } = [];

    public string Start { get; set; } = "";

    public string End { get; set; } = "";

    public string Jitter { get; set; } = "";

    public SkippedTime Skipped { get; set; }

    public RepeatedTime Repeated { get; set; }

    /// <summary>True while nothing has been said about when to run.</summary>
    public bool IsEmpty => Every.Count == 0 && At.Count == 0 && Cron.TrueForAll(row => string.IsNullOrWhiteSpace(row.Text));

    public static TimingDraft Of(ScheduleTiming timing)
    {
        var draft = new TimingDraft
        {
            Zone = timing.TimeZone,
            Start = Write(timing.Start),
            End = Write(timing.End),
            Jitter = timing.JitterSeconds == 0 ? "" : SpanText.Write(timing.JitterSeconds),
            Skipped = timing.SkippedTime,
            Repeated = timing.RepeatedTime,
        };
        draft.Cron.AddRange(timing.Cron.Select(line => new CronRow(line)));
        draft.Every.AddRange(timing.Every.Select(every => new IntervalRow(SpanText.Write(every.Seconds), every.PhaseSeconds == 0 ? "" : SpanText.Write(every.PhaseSeconds))));
        draft.At.AddRange(timing.At.Select(at => new MomentRow(LocalTime.Write(at))));
        draft.Ranges.AddRange(timing.ExceptRanges.Select(range => new RangeRow(LocalTime.Write(range.From), LocalTime.Write(range.To), range.Note)));
        draft.Calendars.AddRange(timing.ExceptCalendars);
        // One empty line to type into; it is not part of the definition until something stands in it.
        if (draft.Cron.Count + draft.Every.Count + draft.At.Count == 0) draft.Cron.Add(new CronRow());
        return draft;
    }

    /// <summary>What can be read of it, without rows in which nothing stands; the rest is told to <paramref name="problems"/> or stands at its row.</summary>
    public ScheduleTiming Read(DraftProblems problems) => new()
    {
        TimeZone = Zone.Trim(),
        Cron = Rows<CronRow, string>(Cron, row => (string.IsNullOrWhiteSpace(row.Text) ? null : row.Text.Trim(), null)),
        Every = Rows<IntervalRow, ScheduleInterval>(Every, ReadInterval),
        At = Rows<MomentRow, DateTime?>(At, ReadMoment).ConvertAll(at => at!.Value),
        ExceptRanges = Rows<RangeRow, ExcludedRange>(Ranges, ReadRange),
        ExceptCalendars = [.. Calendars],
        Start = problems.Moment("when.start", Start),
        End = problems.Moment("when.end", End),
        JitterSeconds = problems.Span("when.jitterSeconds", Jitter) ?? 0,
        SkippedTime = Skipped,
        RepeatedTime = Repeated,
    };

    private static (ScheduleInterval?, string?) ReadInterval(IntervalRow row)
    {
        if (row.Every.Trim().Length == 0 && row.Phase.Trim().Length == 0) return (null, null);
        var (every, problem) = SpanText.Read(row.Every);
        var (phase, phaseProblem) = row.Phase.Trim().Length == 0 ? (0, null) : SpanText.Read(row.Phase);
        return every is { } seconds && phase is { } shift ? (new ScheduleInterval(seconds, shift), null) : (null, problem ?? "Shift: " + phaseProblem);
    }

    private static (DateTime?, string?) ReadMoment(MomentRow row) =>
        (LocalTime.Read(row.Local), row.Local.Length == 0 ? null : "This is no date and time.");

    private static (ExcludedRange?, string?) ReadRange(RangeRow row) =>
        LocalTime.Read(row.From) is { } from && LocalTime.Read(row.To) is { } to ? (new ExcludedRange(from, to, row.Note.Trim()), null)
        : (null, row.From.Length + row.To.Length + row.Note.Trim().Length == 0 ? null : "Give both ends of the range, or take it out.");

    private static List<T> Rows<TRow, T>(List<TRow> rows, Func<TRow, (T? Value, string? Problem)> read) where TRow : DraftRow
    {
        var values = new List<T>();
        foreach (var row in rows)
        {
            var (value, problem) = read(row);
            (row.Index, row.Problem) = value is null ? (-1, problem) : (values.Count, null);
            if (value is not null) values.Add(value);
        }
        return values;
    }

    private static string Write(DateTime? local) => local is { } given ? LocalTime.Write(given) : "";
}
