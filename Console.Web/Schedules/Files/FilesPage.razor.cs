using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>Imports schedules from files after a dry run, and exports them.</summary>
public sealed partial class FilesPage
{
    private const string Away = "The database does not answer, so nothing can be compared or imported. Try again when it is back.";
    private readonly CancellationTokenSource _left = new();
    private ElementReference _answer;
    private ImportPlan? _plan;
    private ReadOnlyMemory<byte> _content;
    private ScheduleResult? _result;
    private ScheduleFacets? _facets;
    private IReadOnlyList<ScheduleSource>? _sources;
    private string? _problem, _readProblem, _markAs;
    private int _chooser, _total;
    private bool _isBusy, _mayImport, _isAnswered;

    [CascadingParameter] public Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject] private ImportPlanner Planner { get; set; } = default!;

    [Inject] private ScheduleActions Actions { get; set; } = default!;

    [Inject] private ScheduleStore Store { get; set; } = default!;

    [Inject] private IAuthorizationService Authorization { get; set; } = default!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _mayImport = (await Authorization.AuthorizeAsync(await UserAsync(), Permissions.EditSchedules)).Succeeded;
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // After the plan, which takes the eye when it is new.
        if (!_isAnswered || _isBusy) return;
        _isAnswered = false;
        if (_result is not null)
            await _answer.FocusAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _sources = await Store.SourcesAsync(_left.Token);
            _facets = await Store.FacetsAsync(_left.Token);
            _total = (await Store.ListAsync(new ScheduleQuery { Limit = 1 }, _left.Token)).Total;
            _readProblem = null;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            _readProblem = "The database does not answer.";
        }
    }

    private Task ReadAsync(IBrowserFile file) => BusyAsync(async () =>
    {
        if (file.Size > ScheduleFileReader.MaxBytes)
        {
            _problem = $"{SafeText.Inline(file.Name, 100)} has {NumberText.Bytes(file.Size)}; a file of schedules has at most {NumberText.Bytes(ScheduleFileReader.MaxBytes)}. Split it.";
            return;
        }
        using var content = new MemoryStream((int)file.Size);
        await using (var stream = file.OpenReadStream(ScheduleFileReader.MaxBytes, _left.Token))
            await stream.CopyToAsync(content, _left.Token);
        await PlanAsync(file.Name, content.ToArray(), null);
    });

    private Task LookAsync(ShippedExample example) => BusyAsync(() => PlanAsync(example.File, example.Content, example.File));

    /// <summary>Imports an example at once, unless it would change schedules that are here: then the dry run is shown instead.</summary>
    private Task TakeAsync(ShippedExample example) => BusyAsync(async () =>
    {
        await PlanAsync(example.File, example.Content, example.File);
        if (_plan is { IsSound: true } plan && plan.Count(PlanKind.Changed) == 0)
            await CarryOutAsync(plan, new ImportChoices { Source = example.File }, "Shipped example");
    });

    private Task ImportAsync(ImportChoices choices, string why) => BusyAsync(() => _plan is { } plan ? CarryOutAsync(plan, choices, why) : Task.CompletedTask);

    private async Task CarryOutAsync(ImportPlan plan, ImportChoices choices, string why)
    {
        var result = await Actions.ImportAsync(await UserAsync(), plan, choices, why, _left.Token);
        if (result.Accepted)
        {
            Leave();
            await LoadAsync();
        }
        else if (result.Refusals.Count > 0)
            await PlanAsync(plan.File, _content, _markAs);
        (_result, _isAnswered) = (result, true);
    }

    private async Task PlanAsync(string name, ReadOnlyMemory<byte> content, string? markAs)
    {
        (_content, _markAs) = (content, markAs);
        _plan = await Planner.PlanAsync(name, content, _left.Token);
    }

    private async Task BusyAsync(Func<Task> act)
    {
        if (_isBusy) return;
        (_isBusy, _problem, _result) = (true, null, null);
        try
        {
            await act();
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            _problem = Away;
        }
        catch (Exception e) when (e is IOException or JSException or TaskCanceledException)
        {
            _problem = "The file could not be read to its end. Choose it again.";
        }
        finally
        {
            // A new field, because a browser does not say that the same file was chosen again.
            (_isBusy, _chooser) = (false, _chooser + 1);
        }
    }

    private void Leave() => (_plan, _content, _markAs, _result) = (null, default, null, null);

    private async Task<ClaimsPrincipal> UserAsync() => (await Authentication).User;
}
