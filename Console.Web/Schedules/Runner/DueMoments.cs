namespace OpsConsole.Web.Schedules.Runner;

/// <summary>The moments of a schedule that are due, found with bounded work however many they are: the newest one by one, the older ones as a count.</summary>
internal sealed class DueMoments
{
    /// <summary>Most moments that are looked at one by one, unless a schedule's own limit for catching up is higher.</summary>
    public const int Kept = 1_000;

    /// <summary>Most moments that are counted.</summary>
    public const int Counted = 10_000;

    private readonly Queue<RunnerMoment> _newest = new();
    private readonly RunnerEntry _entry;
    private readonly DateTimeOffset _now;
    private readonly int _kept;
    private bool _hasJumped;

    private DueMoments(RunnerEntry entry, DateTimeOffset now, int kept)
    {
        _entry = entry;
        _now = now;
        _kept = kept;
    }

    /// <summary>In their order.</summary>
    public IReadOnlyCollection<RunnerMoment> Newest => _newest;

    /// <summary>The moment that stands for those before <see cref="Newest"/>; null: there are none.</summary>
    public RunnerMoment? Oldest { get; private set; }

    /// <summary>How many moments are before <see cref="Newest"/>.</summary>
    public long Older { get; private set; }

    /// <summary>The last of those, or about when it is.</summary>
    public DateTimeOffset OlderUntil { get; private set; }

    /// <summary>There are more than that: nobody has counted on.</summary>
    public bool IsMore { get; private set; }

    /// <summary>The first moment that is not due; null: there is none.</summary>
    public RunnerMoment? Next { get; private set; }

    public static DueMoments Of(RunnerEntry entry, DateTimeOffset now, int kept)
    {
        var due = new DueMoments(entry, now, kept);
        due.Walk(entry.Next);
        return due;
    }

    private void Walk(RunnerMoment? from)
    {
        var left = Math.Max(Counted, _kept);
        var at = from;
        while (at is { } moment && moment.DueAt <= _now)
        {
            if (left-- == 0)
            {
                Jump(moment);
                return;
            }
            Keep(moment);
            at = _entry.After(moment.NominalAt);
        }
        Next = at;
    }

    private void Keep(RunnerMoment moment)
    {
        _newest.Enqueue(moment);
        if (_newest.Count <= _kept)
            return;
        Oldest ??= _newest.Peek();
        OlderUntil = _newest.Dequeue().NominalAt;
        Older++;
    }

    /// <summary>Goes on with the newest moments, of which there is no more than one a second.</summary>
    private void Jump(RunnerMoment reached)
    {
        for (var back = TimeSpan.FromSeconds(_kept); !_hasJumped && _now - back > reached.NominalAt; back *= 4)
        {
            if (_entry.After(_now - back) is not { } there || there.DueAt > _now)
                continue;
            IsMore = true;
            Forget(_now - back);
            _hasJumped = true;
            Walk(there);
            return;
        }
        if (!_hasJumped)
        {
            _hasJumped = true;
            Walk(reached);
            return;
        }
        IsMore = true;
        Next = _entry.After(_now);
    }

    private void Forget(DateTimeOffset until)
    {
        OlderUntil = until;
        Oldest ??= _newest.TryPeek(out var first) ? first : null;
        Older += _newest.Count;
        _newest.Clear();
    }
}
