using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data;
using OpsConsole.Data.Figures.Targets;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Kpis;

/// <summary>The service report: what was promised, and what became of it. It is counted anew every minute.</summary>
public sealed partial class KpisPage
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);
    private static readonly (TrendKind Kind, string Text)[] Trends = [(TrendKind.Done, "Done"), (TrendKind.OnTime, "On time"), (TrendKind.Wait, "Wait"), (TrendKind.Jobs, "Jobs")];

    private readonly CancellationTokenSource _left = new();
    private KpiReport? _report;
    private KpiPeriod? _shown;
    private string? _problem;

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

    [Inject] private TimeProvider Time { get; set; } = default!;

    private DateOnly Today => DateOnly.FromDateTime(Viewer.Local(Viewer.Now).DateTime);

    private KpiFilter Filter => KpiFilter.Read(Period, Day, Compare, Show, Today);

    protected override Task OnParametersSetAsync() => _shown == Filter.Period ? Task.CompletedTask : LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = RefreshAsync();
    }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private async Task LoadAsync()
    {
        var period = Filter.Period;
        if (_shown != period)
            _report = null;
        _shown = period;
        try
        {
            var report = await Reader.ReadAsync(period, Viewer.Zone, cancel: _left.Token);
            // Somebody who turns pages quickly shall see the page that was turned to last.
            if (_shown == period)
                (_report, _problem) = (report, null);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            _problem = "The database does not answer.";
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(s_every, Time);
            while (await timer.WaitForNextTickAsync(_left.Token))
            {
                if (_report is not { Range.IsOver: true })
                    await InvokeAsync(async () =>
                    {
                        await LoadAsync();
                        StateHasChanged();
                    });
            }
        }
        catch (OperationCanceledException)
        {
            // The viewer has left.
        }
    }

    private void ToggleCompared() => Navigation.NavigateTo((Filter with { IsCompared = !Filter.IsCompared }).Href(Today));

    private async Task AddTargetAsync() => await AfterAsync(await Dialogs.AddAsync((await Authentication).User));

    private async Task ChangeTargetAsync(Target target) => await AfterAsync(await Dialogs.ChangeAsync((await Authentication).User, target));

    private async Task RemoveTargetAsync(Target target) => await AfterAsync(await Dialogs.RemoveAsync((await Authentication).User, target));

    private Task AfterAsync(bool isDone) => isDone ? LoadAsync() : Task.CompletedTask;
}
