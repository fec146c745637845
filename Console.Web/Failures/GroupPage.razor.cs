using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data;
using OpsConsole.Data.Failures;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Failures;

/// <summary>One group: what fails, where, since when, what was said about it, and what can be done.</summary>
public partial class GroupPage
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _left = new();
    private ClaimsPrincipal _user = new();
    private GroupDetails? _details;
    private Guid _readFor;
    private DateTimeOffset _readAt;
    private int _eventPages = 1;
    private string? _problem;
    private bool _isMissing;

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery] public string? Span { get; set; }

    [CascadingParameter] private Task<AuthenticationState> Viewer { get; set; } = default!;

    [CascadingParameter] private ViewerTime? ZoneOfViewer { get; set; }

    [Inject] private GroupStore Store { get; set; } = default!;

    [Inject] private JobInspector Inspector { get; set; } = default!;

    [Inject] private GroupActs Acts { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    private ViewerTime _viewer => ZoneOfViewer ?? new ViewerTime(Clock);

    protected override async Task OnParametersSetAsync()
    {
        _user = (await Viewer).User;
        if (_readFor == Id) return;
        (_details, _eventPages) = (null, 1);
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = StayLiveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What is on the page stays on it when a later read fails; the page says that it is old.</summary>
    private async Task LoadAsync()
    {
        var id = Id;
        try
        {
            var details = await GroupDetails.ReadAsync(id, _eventPages, Store, Inspector, _left.Token);
            if (id != Id) return;
            (_details, _isMissing, _readFor, _readAt, _problem) = (details, details is null, id, Clock.GetUtcNow(), null);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            _problem = "The database does not answer.";
        }
    }

    private Task StayLiveAsync() => PageLoop.RunAsync(Clock, RefreshEvery, () => InvokeAsync(async () =>
    {
        await LoadAsync();
        StateHasChanged();
    }), _left.Token);

    private async Task<bool> NoteAsync(string note)
    {
        var isDone = _details is { } details && await Acts.NoteAsync(details.Group, note);
        await LoadAsync();
        return isDone;
    }

    private Task OlderAsync()
    {
        _eventPages++;
        return LoadAsync();
    }
}
