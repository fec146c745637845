using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>Where the answer to a search can be: in Redis, which knows how jobs stand, in the history, which knows what went before, or in both.</summary>
public sealed record SearchPlan
{
    private static readonly SearchState[] All = Enum.GetValues<SearchState>();

    /// <summary>Of these lists Redis keeps only the newest.</summary>
    private static readonly SearchState[] Trimmed = [SearchState.Succeeded, SearchState.Deleted, SearchState.Lost, SearchState.Returned];

    private SearchPlan(IReadOnlyList<SearchState> states) => States = states;

    /// <summary>States that the query leaves possible.</summary>
    public IReadOnlyList<SearchState> States { get; }

    /// <summary>Whether a job in Redis can be an answer.</summary>
    public bool Live { get; private init; }

    /// <summary>Whether an attempt in the history can be one.</summary>
    public bool Past { get; private init; }

    /// <summary>States whose lists in Redis are read; empty for all.</summary>
    public IReadOnlyList<JobState> LiveStates => States.Count == All.Length ? [] : [.. States.Select(StateOf).OfType<JobState>()];

    /// <summary>The state of all lists that are read, or null.</summary>
    public SearchState? Listed => (OneState ?? (LiveStates is [var only] ? only : null)) is { } state ? Enum.Parse<SearchState>(state.ToString()) : null;

    /// <summary>The one state whose list is shown in its own order, or null.</summary>
    public JobState? OneState => Past ? null : LiveStates switch
    {
        [var only] => only,
        [JobState.Scheduled, JobState.Retrying] => JobState.Scheduled,
        [JobState.Failed, JobState.Quarantined] => JobState.Failed,
        _ => null,
    };

    public static SearchPlan Of(JobQuery query)
    {
        var states = All.Where(state => query.Root is null || MayBe(query.Root, state)).ToList();
        var live = (query.Root is null || MayBeLive(query.Root)) && states.Any(state => StateOf(state) is not null);
        var past = states.Any(state => state.Outcome() is not null);
        // A state without a time asks how jobs stand now, and Redis knows that best.
        var stands = live && states.Count < All.Length && query.Since is null && query.Until is null && !states.Any(Trimmed.Contains);
        return new(states) { Live = live, Past = past && !stands };
    }

    /// <summary>The same state of a live job; null for ends that only the history knows.</summary>
    public static JobState? StateOf(SearchState state) => Enum.TryParse<JobState>(state.ToString(), out var live) ? live : null;

    private static bool MayBe(QueryNode node, SearchState state) => node switch
    {
        QueryTerm { Field: QueryField.State } term => Names(term, state),
        NotThat { Part: QueryTerm { Field: QueryField.State } term } => !Names(term, state),
        QueryTerm { Field: QueryField.Outcome } => state.Outcome() is not null,
        AllOf all => all.Parts.All(part => MayBe(part, state)),
        AnyOf any => any.Parts.Any(part => MayBe(part, state)),
        _ => true,
    };

    private static bool Names(QueryTerm term, SearchState state) => term.Values.Contains(new StateValue(state));

    // What rows of live jobs do not tell is unknown of them, and no term about it holds.
    private static bool MayBeLive(QueryNode node) => node switch
    {
        QueryTerm term => term.Field is not (QueryField.Outcome or QueryField.Group or QueryField.Result or QueryField.Tag or QueryField.Owner or QueryField.Schedule or QueryField.Parent),
        AllOf all => all.Parts.All(MayBeLive),
        AnyOf any => any.Parts.Any(MayBeLive),
        _ => true,
    };
}
