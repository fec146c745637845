using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules.List;

/// <summary>The list of schedules. All filters are in the address, so that every view can be sent to a colleague.</summary>
public partial class SchedulesPage
{
    private const int MostExported = 150;
    private static readonly TimeSpan MissedSince = TimeSpan.FromDays(7);
    private static readonly (string? State, string Text)[] States = [(null, "All"), ("enabled", "On"), ("paused", "Paused"), ("ended", "Ended")];
    private static readonly (string? Sort, string Text)[] Sorts = [(null, "Name"), ("next", "Next run"), ("last", "Last run")];
    private ScheduleReader? _reader;
    private ScheduleList? _list;
    private ScheduleFacets? _facets;
    private MissedPage? _missed;
    private ClaimsPrincipal _user = new();
    private DateTimeOffset _seenAt;
    private bool _isPointerOver;
    private ListKeys? _keys;

    [Inject] private ScheduleStore Store { get; set; } = default!;

    [Inject] private ScheduleCounts Counts { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState> Viewer { get; set; } = default!;

    [Inject] private ScheduleActs Acts { get; set; } = default!;

    [Inject] private ScheduleBoard Board { get; set; } = default!;

    [Inject] private LedgerStore Ledger { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    [SupplyParameterFromQuery] public string? Q { get; set; }

    [SupplyParameterFromQuery] public string? Type { get; set; }

    [SupplyParameterFromQuery] public string? Queue { get; set; }

    [SupplyParameterFromQuery] public string? Tag { get; set; }

    [SupplyParameterFromQuery] public string? Owner { get; set; }

    [SupplyParameterFromQuery] public string? State { get; set; }

    [SupplyParameterFromQuery] public string? Outcome { get; set; }

    [SupplyParameterFromQuery] public string? Sort { get; set; }

    [SupplyParameterFromQuery] public string? After { get; set; }

    protected override TimeSpan LookEvery => TimeSpan.FromSeconds(1.5);

    private ScheduleFilter Filter => new()
    {
        Text = Links.Given(Q),
        Type = Links.Given(Type),
        Queue = Links.Given(Queue),
        Tag = Links.Given(Tag),
        Owner = Links.Given(Owner),
        State = Links.Given(State),
        Outcome = Links.Given(Outcome),
        Sort = Links.Given(Sort),
        After = Links.Given(After),
    };

    private string? ExportHref => _list is { Selected: { Count: > 0 and <= MostExported } chosen } ? Links.ScheduleExport(chosen.Select(schedule => schedule.Id)) : null;

    protected override async Task OnParametersSetAsync()
    {
        _user = (await Viewer).User;
        if (_list?.Filter == Filter) return;
        _reader ??= new ScheduleReader(Ledger, Clock);
        _list = new ScheduleList(Store, _reader, Filter);
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _keys = await ListKeys.ListenAsync(Browser, OnKey);
    }

    private void OnKey(string key)
    {
        if (_list is null) return;
        switch (key)
        {
            case "j": _list.Move(1); break;
            case "k": _list.Move(-1); break;
            case "x" when _list.Cursor is { } id: _list.Toggle(id); break;
            case "Enter" when _list.Cursor is { } id: Navigation.NavigateTo(Links.Schedule(id)); break;
            case "Escape": _list.Clear(); break;
        }
        StateHasChanged();
    }

    protected override ValueTask LeaveAsync() => _keys?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override Task ReadAsync() => ReadAsync(anew: false);

    private Task LoadAnewAsync() => GuardAsync(() => ReadAsync(anew: true));

    private async Task ReadAsync(bool anew)
    {
        if (_list is null) return;
        await _list.LoadAsync(Left);
        await CountAsync(anew);
    }

    private async Task CountAsync(bool anew = false)
    {
        _facets = await Counts.GetAsync(anew, Left);
        // The board is read a little later than what this viewer has acknowledged.
        var missed = Board.Current.Missed;
        _missed = missed.Items.All(one => one.LastAt <= _seenAt) ? null : missed;
    }

    private async Task ShowNewAsync()
    {
        _list?.Clear();
        await LoadAsync();
    }

    private Task ActedAsync()
    {
        _list?.Clear();
        return LoadAnewAsync();
    }

    private Task AcknowledgeAllAsync() => OfListAsync(async _ =>
    {
        var all = await Ledger.RecentMissedAsync(Clock.GetUtcNow() - MissedSince, OperationLimits.Targets, Left);
        await AcknowledgeAsync([.. all.Items.Select(one => one.Id)]);
    });

    private async Task AcknowledgeAsync(IReadOnlyList<Guid> ids)
    {
        if (ids.Count == 0 || !await Acts.AcknowledgeAsync(ids)) return;
        if (ids.Count >= (_missed?.Schedules ?? 0)) _seenAt = Clock.GetUtcNow();
        await LoadAnewAsync();
    }

    private async Task SelectMatchingAsync()
    {
        await OfListAsync(list => list.SelectMatchingAsync(Left));
        if (Problem is not null) Toasts.Show(ToastKind.Failed, Problem);
    }

    protected override async Task LookAgainAsync()
    {
        await OfListAsync(async list =>
        {
            await list.RefreshAsync(_isPointerOver, Left);
            await CountAsync();
        });
        StateHasChanged();
    }

    private Task OfListAsync(Func<ScheduleList, Task> read) => _list is { } list ? GuardAsync(() => read(list)) : Task.CompletedTask;

    private string Words(int total)
    {
        var count = total > ScheduleLimits.Count ? $"More than {NumberText.Count(ScheduleLimits.Count)} schedules" : NumberText.Of(total, "schedule", "schedules");
        return count + (Filter.IsNarrow ? total == 1 ? " matches" : " match" : "");
    }

    private string StateCount(string? state) => _facets is not { States: var counts } ? "" : NumberText.Count(
        state is null ? counts.Values.Sum() : counts.GetValueOrDefault(Enum.Parse<ScheduleState>(state, ignoreCase: true)));
}
