using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data.Failures;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Failures;

/// <summary>One group: what fails, where, since when, what was said about it, and what can be done.</summary>
public partial class GroupPage
{
    private ClaimsPrincipal _user = new();
    private GroupDetails? _details;
    private Guid _readFor;
    private DateTimeOffset _readAt;
    private int _eventPages = 1;
    private bool _isMissing;

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery] public string? Span { get; set; }

    [CascadingParameter] private Task<AuthenticationState> Viewer { get; set; } = default!;

    [CascadingParameter] private ViewerTime? ZoneOfViewer { get; set; }

    [Inject] private GroupStore Store { get; set; } = default!;

    [Inject] private JobInspector Inspector { get; set; } = default!;

    [Inject] private GroupActs Acts { get; set; } = default!;

    protected override TimeSpan LookEvery => TimeSpan.FromSeconds(2);

    private ViewerTime _viewer => ZoneOfViewer ?? new ViewerTime(Clock);

    protected override async Task OnParametersSetAsync()
    {
        _user = (await Viewer).User;
        if (_readFor == Id) return;
        (_details, _eventPages) = (null, 1);
        await LoadAsync();
    }

    protected override async Task ReadAsync()
    {
        var id = Id;
        var details = await GroupDetails.ReadAsync(id, _eventPages, Store, Inspector, Left);
        if (id != Id) return;
        (_details, _isMissing, _readFor, _readAt) = (details, details is null, id, Clock.GetUtcNow());
    }

    private async Task<bool> NoteAsync(string note)
    {
        var isDone = _details is { } details && await Acts.NoteAsync(details.Group, note);
        await LoadAsync();
        // The note comes from a part of the page, which draws only itself again.
        StateHasChanged();
        return isDone;
    }

    private Task OlderAsync()
    {
        _eventPages++;
        return LoadAsync();
    }
}
