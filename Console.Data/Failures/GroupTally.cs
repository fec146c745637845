using OpsConsole.Data.History;

namespace OpsConsole.Data.Failures;

/// <summary>A group while failures are counted into it. Late ones count where they belong and move nothing backwards.</summary>
internal sealed class GroupTally
{
    // The newest example is the one whose job is still there to look at; a newer one each second would only cost.
    private static readonly TimeSpan ExampleServes = TimeSpan.FromHours(1);
    private readonly List<GroupEvent> _events = [];

    public required Guid Id { get; init; }
    public string JobType { get; private set; } = "";
    public string ErrorType { get; private set; } = "";
    public string Template { get; private set; } = "";
    public string Frame { get; private set; } = "";
    public required DateTimeOffset FirstSeenAt { get; set; }
    public required DateTimeOffset LastSeenAt { get; set; }
    public long Count { get; set; }
    public long FinalCount { get; set; }
    public AttemptOutcome LastOutcome { get; set; }
    public GroupState State { get; set; } = GroupState.Open;
    public required DateTimeOffset StateAt { get; set; }
    public string StateBy { get; set; } = "";
    public string StateText { get; set; } = "";
    public string? StateJobId { get; set; }
    public DateTimeOffset? SnoozedUntil { get; set; }
    public long? SnoozedCount { get; set; }
    public int Version { get; set; } = 1;
    public CountRing Hours { get; init; } = CountRing.Hours();
    public CountRing Days { get; init; } = CountRing.Days();
    public GroupFacets Facets { get; init; } = new();
    public required DateTimeOffset ExampleAt { get; set; }
    /// <summary>An example that is to be stored, or null.</summary>
    public GroupExample? Example { get; private set; }
    /// <summary>What happened to it by itself meanwhile.</summary>
    public IReadOnlyList<GroupEvent> Events => _events;

    /// <summary>A group that was never seen before.</summary>
    public static GroupTally New(AttemptRow first) => new()
    {
        Id = first.Failure!.Id,
        FirstSeenAt = first.EndedAt,
        LastSeenAt = DateTimeOffset.MinValue,
        StateAt = first.EndedAt,
        ExampleAt = DateTimeOffset.MinValue,
    };

    public void Add(AttemptRow attempt)
    {
        Name(attempt);
        Count++;
        if (attempt.Outcome.IsFinal()) FinalCount++;
        Hours.Add(attempt.EndedAt);
        Days.Add(attempt.EndedAt);
        Facets.Add(attempt);
        if (attempt.EndedAt < FirstSeenAt) FirstSeenAt = attempt.EndedAt;
        if (attempt.EndedAt >= LastSeenAt) (LastSeenAt, LastOutcome) = (attempt.EndedAt, attempt.Outcome);
        if (ExampleAt == DateTimeOffset.MinValue || attempt.EndedAt - ExampleAt >= ExampleServes) Show(attempt);
        Wake(attempt);
    }

    private void Name(AttemptRow attempt)
    {
        if (JobType.Length > 0) return;
        JobType = StoredText.Clean(attempt.Type, GroupLimits.Name);
        ErrorType = StoredText.Clean(attempt.ErrorType ?? "", GroupLimits.Name);
        Template = attempt.Failure!.Template;
        Frame = attempt.Failure.Frame;
    }

    private void Show(AttemptRow attempt)
    {
        ExampleAt = attempt.EndedAt;
        Example = new GroupExample(attempt.EndedAt, attempt.Sequence, attempt.JobId,
            StoredText.Clean(attempt.ErrorMessage ?? attempt.Reason ?? "", GroupLimits.Message), StoredText.Clean(attempt.Stack ?? "", GroupLimits.Stack));
    }

    private void Wake(AttemptRow attempt)
    {
        if (State == GroupState.Resolved && attempt.EndedAt > StateAt)
            Open(GroupAct.CameBack, attempt, "It failed again" + Where(attempt));
        else if (State == GroupState.Snoozed && SnoozedUntil <= attempt.EndedAt)
            Open(GroupAct.Woke, attempt, "It failed again after the time until which it was snoozed" + Where(attempt));
        else if (State == GroupState.Snoozed && SnoozedCount <= Count)
            Open(GroupAct.Woke, attempt, FormattableString.Invariant($"Its count has come to {Count:#,0}, up to which it was snoozed"));
    }

    private void Open(GroupAct act, AttemptRow attempt, string why)
    {
        (State, StateAt, StateBy, StateText, StateJobId) = (GroupState.Open, attempt.EndedAt, "", why + ".", attempt.JobId);
        (SnoozedUntil, SnoozedCount) = (null, null);
        Version++;
        _events.Add(new GroupEvent(0, Id, attempt.EndedAt, act, "", StateText, attempt.JobId));
    }

    private static string Where(AttemptRow attempt)
    {
        var place = attempt.Host.Length > 0 ? attempt.Host : attempt.Worker;
        return (place.Length > 0 ? " on " + StoredText.Clean(place, GroupLimits.FacetValue) : "")
            + (attempt.Version.Length > 0 ? ", version " + StoredText.Clean(attempt.Version, GroupLimits.FacetValue) : "");
    }
}
