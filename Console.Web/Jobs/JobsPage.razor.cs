using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs;

/// <summary>The list of jobs by state, queue and type. All filters are in the address, so that every view can be sent to a colleague.</summary>
public partial class JobsPage
{
    private const int PageSize = 50;
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(1);
    private static readonly JobState[] Tabs =
        [JobState.Processing, JobState.Enqueued, JobState.Scheduled, JobState.Retrying, JobState.Awaiting, JobState.Succeeded, JobState.Failed, JobState.Quarantined, JobState.Deleted];
    private readonly CancellationTokenSource _left = new();
    private JobList? _list;
    private string? _problem, _peeked;
    private bool _isPointerOver, _isNews;
    private LiveSubscription? _subscription;
    private DotNetObjectReference<JobsPage>? _self;
    private IJSObjectReference? _keys;

    [Inject] private JobInspector Inspector { get; set; } = default!;

    [Inject] private FleetBoard Board { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    [SupplyParameterFromQuery] public string? State { get; set; }

    [SupplyParameterFromQuery] public string? Queue { get; set; }

    [SupplyParameterFromQuery] public string? Type { get; set; }

    [SupplyParameterFromQuery] public string? After { get; set; }

    private JobState? StateOf => Links.StateOf(State);

    private JobRecord? Peeked => _list?.Rows.FirstOrDefault(job => job.Id == _peeked);

    private string? Next => _list?.Page?.Next is { } next ? Links.Jobs(StateOf, Queue, Type, next) : null;

    private List<string> QueueNames => [.. Board.Current.Queues.Select(queue => queue.Name).Append(Queue ?? "").Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    protected override async Task OnParametersSetAsync()
    {
        (Queue, Type, After) = (Given(Queue), Given(Type), Given(After));
        var query = new JobListQuery { State = StateOf, Queue = Queue, Type = Type, After = After, Limit = PageSize };
        if (_list?.Query == query) return;
        _list = new JobList(Inspector, query);
        _peeked = null;
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _subscription = Board.Subscribe(() =>
        {
            _isNews = true;
            return Task.CompletedTask;
        });
        _ = RefreshWhenThereIsNewsAsync();
        try
        {
            _self = DotNetObjectReference.Create(this);
            _keys = await Browser.InvokeAsync<IJSObjectReference>("ops.listenKeys", _self, (string[])["j", "k", "x", "Enter", "Escape"]);
        }
        catch (JSDisconnectedException)
        {
            // The viewer has left again.
        }
    }

    [JSInvokable]
    public void OnKeyAsync(string key)
    {
        if (_list is null) return;
        switch (key)
        {
            case "j": _list.Move(1); break;
            case "k": _list.Move(-1); break;
            case "x" when _list.Cursor is { } id: _list.Toggle(id); break;
            case "Enter" when _list.Cursor is { } id: Navigation.NavigateTo(Links.Job(id)); break;
            case "Escape": _list.Clear(); _peeked = null; break;
        }
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        _subscription?.Dispose();
        try
        {
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync("dispose");
                await _keys.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has forgotten the keys together with the page.
        }
        _self?.Dispose();
        GC.SuppressFinalize(this);
    }

    private Task LoadAsync() => ReadAsync(list => list.LoadAsync(_left.Token));

    private async Task ShowNewAsync()
    {
        _list?.Clear();
        await LoadAsync();
    }

    private Task ActedAsync()
    {
        _list?.Clear();
        return ReadAsync(list => list.RefreshAsync(isHeld: true, _left.Token));
    }

    private async Task SelectMatchingAsync()
    {
        await ReadAsync(list => list.SelectMatchingAsync(_left.Token));
        if (_problem is not null) Toasts.Show(ToastKind.Failed, _problem);
    }

    private async Task RefreshWhenThereIsNewsAsync()
    {
        using var timer = new PeriodicTimer(RefreshEvery, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token))
            {
                if (!_isNews) continue;
                _isNews = false;
                await InvokeAsync(async () =>
                {
                    await ReadAsync(list => list.Page is null ? list.LoadAsync(_left.Token) : list.RefreshAsync(_isPointerOver, _left.Token));
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (ObjectDisposedException)
        {
            // So was its circuit.
        }
    }

    /// <summary>Rows that are on the page stay on it when a later read fails; the frame says since when they are old.</summary>
    private async Task ReadAsync(Func<JobList, Task> read)
    {
        if (_list is not { } list) return;
        try
        {
            await read(list);
            _problem = null;
        }
        catch (JobStorageException e)
        {
            _problem = e.Message;
        }
    }

    private void Peek(string id) => _peeked = _peeked == id ? null : id;

    private void SetQueue(ChangeEventArgs args) => Navigation.NavigateTo(Links.Jobs(StateOf, args.Value as string, Type));

    private void SetType(ChangeEventArgs args) => Navigation.NavigateTo(Links.Jobs(StateOf, Queue, (args.Value as string)?.Trim()));

    /// <summary>Enter in the field raises its change first, which has done the work.</summary>
    private static void ApplyType()
    {
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
