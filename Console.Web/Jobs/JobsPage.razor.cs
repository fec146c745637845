using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Jobs.Search;
using OpsConsole.Web.Live;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs;

/// <summary>The search over live and past jobs. All of it is in the address, so that every view can be sent to a colleague.</summary>
public partial class JobsPage
{
    private const int PageSize = 50;
    private const int MostTypes = 500;
    private const int MostInOperation = 200;
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(15);
    private static readonly JobState[] Tabs =
        [JobState.Processing, JobState.Enqueued, JobState.Scheduled, JobState.Retrying, JobState.Awaiting, JobState.Succeeded, JobState.Failed, JobState.Quarantined, JobState.Deleted];
    private GivenSearch? _given;
    private IReadOnlyList<QueryToken> _tokens = [];
    private IReadOnlyList<string> _types = [];
    private JobList? _list;
    private string? _peeked, _shown;
    private ClaimsPrincipal _user = new();
    private bool _isPointerOver, _isNews, _isFormOpen, _isStateInvolved, _isLive;
    private FleetView _seen = FleetView.Empty;
    private LiveSubscription? _subscription;
    private ListKeys? _keys;

    [Inject] private JobSearch Search { get; set; } = default!;

    [Inject] private QueryAssistant Assistant { get; set; } = default!;

    [Inject] private JobCatalogue Catalogue { get; set; } = default!;

    [Inject] private FleetBoard Board { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    [Inject] private ViewerTime Viewer { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = default!;

    [SupplyParameterFromQuery] public string? Q { get; set; }

    /// <summary>Other pages name a state, a queue and a type by parameters of their own; they become parts of the search.</summary>
    [SupplyParameterFromQuery(Name = "state")] public string? GivenState { get; set; }

    [SupplyParameterFromQuery] public string? Queue { get; set; }

    [SupplyParameterFromQuery] public string? Type { get; set; }

    [SupplyParameterFromQuery] public string? After { get; set; }

    protected override TimeSpan LookEvery => TimeSpan.FromSeconds(1);

    private JobQuery Query => _given?.Query ?? JobQuery.Everything;

    private JobState? State => QueryEdit.StateOf(Query);

    private JobRow? Peeked => _list?.Rows.FirstOrDefault(row => row.Key == _peeked);

    private string? Next => _list?.Page?.Next is { } next ? Links.JobSearch(_given!.Text, next.Write()) : null;

    private SearchContext Context => new(Clock.GetUtcNow(), Viewer.Zone, _user.GetDisplayName());

    private List<string> QueueNames => [.. Board.Current.Queues.Select(queue => queue.Name).Order(StringComparer.Ordinal)];

    /// <summary>How jobs stand is not how they stood: the way to those that have gone on since.</summary>
    private string? SinceHref => _list?.Page is { Plan: { Past: false, States: var states } } && states.Any(state => state.Outcome() is not null) ? Links.JobSearch(QueryEdit.Join(_given!.Text, "since:7d")) : null;

    private string OfState(JobState? state) => Links.JobSearch(QueryEdit.OfState(Query, state));

    protected override async Task OnParametersSetAsync()
    {
        _user = (await Authentication).User;
        var text = GivenSearch.TextOf(Q, GivenState, Queue, Type, await IsTypeAsync(Type));
        var shown = text + "\n" + After;
        if (shown == _shown) return;
        (_shown, _peeked, _count, _view) = (shown, null, null, null);
        _given = GivenSearch.Of(text, Context);
        _tokens = _given.Query is { } query ? QueryEdit.Tokens(query) : [];
        _isStateInvolved = State is null && QueryEdit.OfState(Query, null) != Query.ToText();
        _list = _given.Query is null ? null : new JobList(new Fresh(this), SearchCursor.Read(After), PageSize);
        await LoadAsync();
        await ReadViewsAsync();
        if (_isLive) _ = CountAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _isLive = true;
        _subscription = Board.Subscribe(() =>
        {
            var view = Board.Current;
            // What is asked for may lie "since an hour", which moves on by itself.
            if (!view.HasMovedSince(_seen) && view.At - _seen.At < LookAnyway) return Task.CompletedTask;
            (_seen, _isNews) = (view, true);
            return Task.CompletedTask;
        });
        _ = CountAgainAndAgainAsync();
        _keys = await ListKeys.ListenAsync(Browser, OnKey);
    }

    private void OnKey(string key)
    {
        if (_list is null) return;
        switch (key)
        {
            case "j": _list.Move(1); break;
            case "k": _list.Move(-1); break;
            case "x" when _list.AtCursor is { } row: _list.Toggle(row.Id); break;
            case "Enter" when _list.AtCursor is { } row: Navigation.NavigateTo(Links.Job(row.Id)); break;
            case "Escape": _list.Clear(); _peeked = null; break;
        }
        StateHasChanged();
    }

    protected override async ValueTask LeaveAsync()
    {
        _subscription?.Dispose();
        if (_keys is not null) await _keys.DisposeAsync();
    }

    protected override string? ProblemOf(Exception e) => (e as JobStorageException)?.Message;

    protected override Task ReadAsync() => _list?.LoadAsync(Left) ?? Task.CompletedTask;

    private async Task ShowNewAsync()
    {
        _list?.Clear();
        await LoadAsync();
    }

    private Task ActedAsync()
    {
        _list?.Clear();
        return OfListAsync(list => list.RefreshAsync(isHeld: true, Left));
    }

    private async Task SelectMatchingAsync()
    {
        await OfListAsync(list => list.SelectMatchingAsync(Left));
        if (Problem is not null) Toasts.Show(ToastKind.Failed, Problem);
    }

    protected override async Task LookAgainAsync()
    {
        if (!_isNews) return;
        _isNews = false;
        await OfListAsync(list => list.Page is null ? list.LoadAsync(Left) : list.RefreshAsync(_isPointerOver, Left));
        StateHasChanged();
    }

    private Task OfListAsync(Func<JobList, Task> read) => _list is { } list ? GuardAsync(() => read(list)) : Task.CompletedTask;

    private Task<QueryAssist> AssistAsync(QueryInputEventArgs typed) => Assistant.AssistAsync(typed, Context, Left);

    private async Task ToggleFormAsync()
    {
        _isFormOpen = !_isFormOpen;
        if (_isFormOpen && _types.Count == 0) _types = await TypesAsync();
    }

    private async Task<IReadOnlyList<string>> TypesAsync()
    {
        try
        {
            return [.. (await Catalogue.GetAsync(Left)).Select(type => type.Name).Take(MostTypes)];
        }
        catch (JobStorageException)
        {
            return [];
        }
    }

    private async Task<bool> IsTypeAsync(string? type)
    {
        try
        {
            return Links.Given(type) is { } name && await Catalogue.FindAsync(name, Left) is { } known && known.Name == name;
        }
        catch (JobStorageException)
        {
            return false;
        }
    }

    private void Peek(string key) => _peeked = _peeked == key ? null : key;

    /// <summary>Relative times of the search move on with the clock.</summary>
    private sealed class Fresh(JobsPage page) : IJobRows
    {
        private readonly string _text = page._given!.Text;

        public Task<SearchPage> PageAsync(SearchCursor from, int limit, CancellationToken cancel) =>
            page.Search.PageAsync(JobQuery.Parse(_text, page.Context).Query ?? JobQuery.Everything, from, limit, cancel);

        public Task<Dictionary<string, OpsConsole.Jobs.Monitoring.JobRecord>> NowAsync(IEnumerable<string> ids, CancellationToken cancel) => page.Search.NowAsync(ids, cancel);
    }
}
