using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data.Failures;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Failures;

/// <summary>The groups of failures. The list follows what happens while nobody reads or selects in it; else its rows keep their places and what is new is counted.</summary>
public partial class FailuresPage
{
    private const int Rows = 50;
    private static readonly (GroupTab Tab, string Text)[] Tabs =
    [
        (GroupTab.Active, "Active"), (GroupTab.Unowned, "Without owner"), (GroupTab.Mine, "Mine"), (GroupTab.Snoozed, "Snoozed"),
        (GroupTab.Quiet, "Quiet for 7 days"), (GroupTab.Resolved, "Resolved"),
    ];
    private static readonly (GroupSort Sort, string Text)[] Sorts = [(GroupSort.Last, "Last seen"), (GroupSort.Count, "Count"), (GroupSort.First, "First seen")];
    private readonly HeldRows<FailureGroup> _rows = new(group => group.Id.ToString("N"));
    private readonly Dictionary<Guid, FailureGroup> _selected = [];
    private ClaimsPrincipal _user = new();
    private GroupListing? _page;
    private GroupAddress? _readFor;
    private DateTimeOffset _readAt;
    private bool _isPointerOver;

    [CascadingParameter] private Task<AuthenticationState> Viewer { get; set; } = default!;

    [CascadingParameter] private ViewerTime? ZoneOfViewer { get; set; }

    [Inject] private GroupStore Store { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] public string? Tab { get; set; }

    [SupplyParameterFromQuery] public string? Text { get; set; }

    [SupplyParameterFromQuery] public string? Type { get; set; }

    [SupplyParameterFromQuery] public string? Queue { get; set; }

    [SupplyParameterFromQuery] public string? Version { get; set; }

    [SupplyParameterFromQuery] public string? Sort { get; set; }

    [SupplyParameterFromQuery] public string? After { get; set; }

    private GroupAddress Address => new()
    {
        Tab = GroupAddress.Parse<GroupTab>(Tab),
        Text = Links.Given(Text),
        JobType = Links.Given(Type),
        Queue = Links.Given(Queue),
        Version = Links.Given(Version),
        Sort = GroupAddress.Parse<GroupSort>(Sort),
        After = Links.Given(After),
    };

    private IEnumerable<(string Name, string Value, GroupAddress Wide)> Narrowed
    {
        get
        {
            var first = Address.First;
            if (first.JobType is { } type) yield return ("Job type", type, first with { JobType = null });
            if (first.Queue is { } queue) yield return ("Queue", queue, first with { Queue = null });
            if (first.Version is { } version) yield return ("Version", version, first with { Version = null });
        }
    }

    /// <summary>As they stood when they were selected: what has changed since is a conflict that the act tells of.</summary>
    private IReadOnlyList<FailureGroup> Selected => [.. _selected.Values];

    protected override TimeSpan LookEvery => TimeSpan.FromSeconds(2);

    private ViewerTime _viewer => ZoneOfViewer ?? new ViewerTime(Clock);

    protected override async Task OnParametersSetAsync()
    {
        _user = (await Viewer).User;
        if (_readFor == Address) return;
        if (_readFor is not null) _selected.Clear();
        await LoadAsync();
    }

    protected override async Task ReadAsync()
    {
        var address = Address;
        var page = await Store.PageAsync(address.ToQuery(_user.GetOperatorId(), Rows), Left);
        if (address != Address) return;
        _rows.Take(page.Groups, isHeld: _readFor == address && (_isPointerOver || _selected.Count > 0));
        (_page, _readFor, _readAt) = (page, address, Clock.GetUtcNow());
    }

    private Task ShowNewAsync()
    {
        _selected.Clear();
        _readFor = null;
        return LoadAsync();
    }

    /// <summary>What was done to them may have taken them out of this tab.</summary>
    private Task ActedAsync() => ShowNewAsync();

    private void Toggle(FailureGroup group)
    {
        if (!_selected.Remove(group.Id)) _selected.Add(group.Id, group);
    }

    private void Go(GroupAddress address) => Navigation.NavigateTo(address.Href);

    private static string? Given(ChangeEventArgs args) => Links.Given(args.Value as string);
}
