using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data.Figures.Targets;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Kpis;

/// <summary>The service report: what was promised, and what became of it. It is counted anew every minute.</summary>
public sealed partial class KpisPage
{
    private static readonly (TrendKind Kind, string Text)[] Trends = [(TrendKind.Done, "Done"), (TrendKind.OnTime, "On time"), (TrendKind.Wait, "Wait"), (TrendKind.Jobs, "Jobs")];

    private KpiReport? _report;
    private KpiPeriod? _shown;

    /// <summary>week, month or quarter.</summary>
    [SupplyParameterFromQuery] public string? Period { get; set; }

    /// <summary>Any day of it; today when left out.</summary>
    [SupplyParameterFromQuery] public string? Day { get; set; }

    /// <summary>"no" leaves the comparison out.</summary>
    [SupplyParameterFromQuery] public string? Compare { get; set; }

    [SupplyParameterFromQuery] public string? Show { get; set; }

    [CascadingParameter] public Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject] private KpiReader Reader { get; set; } = default!;

    [Inject] private TargetDialogs Dialogs { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private ViewerTime Viewer { get; set; } = default!;

    protected override TimeSpan LookEvery => TimeSpan.FromMinutes(1);

    private DateOnly Today => DateOnly.FromDateTime(Viewer.Local(Viewer.Now).DateTime);

    private KpiFilter Filter => KpiFilter.Read(Period, Day, Compare, Show, Today);

    protected override Task OnParametersSetAsync() => _shown == Filter.Period ? Task.CompletedTask : LoadAsync();

    protected override async Task ReadAsync()
    {
        var period = Filter.Period;
        if (_shown != period)
            _report = null;
        _shown = period;
        var report = await Reader.ReadAsync(period, Viewer.Zone, cancel: Left);
        // Somebody who turns pages quickly shall see the page that was turned to last.
        if (_shown == period)
            _report = report;
    }

    protected override Task LookAgainAsync() => _report is { Range.IsOver: true } ? Task.CompletedTask : base.LookAgainAsync();

    private void ToggleCompared() => Navigation.NavigateTo((Filter with { IsCompared = !Filter.IsCompared }).Href(Today));

    private async Task AddTargetAsync() => await AfterAsync(await Dialogs.AddAsync((await Authentication).User));

    private async Task ChangeTargetAsync(Target target) => await AfterAsync(await Dialogs.ChangeAsync((await Authentication).User, target));

    private async Task RemoveTargetAsync(Target target) => await AfterAsync(await Dialogs.RemoveAsync((await Authentication).User, target));

    private Task AfterAsync(bool isDone) => isDone ? LoadAsync() : Task.CompletedTask;
}
