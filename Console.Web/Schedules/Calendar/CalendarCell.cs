using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>What one cell of the calendar holds.</summary>
public sealed class CalendarCell
{
    private readonly SortedDictionary<OccurrenceFate, long> _past = [];

    /// <summary>Runs that are planned.</summary>
    public long Planned { get; internal set; }

    /// <summary>What became of the occurrences that were due.</summary>
    public IReadOnlyDictionary<OccurrenceFate, long> Past => _past;

    public long PastCount { get; private set; }

    /// <summary>Failed, missed, without a job, or past their deadline.</summary>
    public long Bad { get; private set; }

    public long Count => PastCount + Planned;

    internal void Add(OccurrenceFate fate, long count)
    {
        _past[fate] = _past.GetValueOrDefault(fate) + count;
        PastCount += count;
        if (OccurrenceFates.IsBad(fate)) Bad += count;
    }

    internal static OccurrenceFate FateOf(PastCount count) => OccurrenceFates.Of(new Occurrence
    {
        State = count.State,
        Outcome = count.Outcome,
        IsDeadlineMissed = count.IsDeadlineMissed,
        Attempts = count.IsRetried ? 2 : 1,
        // Whether an unfinished one waits or runs is of no interest from this far away.
        EnqueuedAt = count.State == OccurrenceState.Pending ? null : count.At,
        StartedAt = count.State is OccurrenceState.Ran or OccurrenceState.Late ? count.At : null,
        IsOpen = count.Outcome is null,
    });
}
