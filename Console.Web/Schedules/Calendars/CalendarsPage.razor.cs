using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Schedules.Editor;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules.Calendars;

/// <summary>Lists calendars and edits the one that the address names.</summary>
public sealed partial class CalendarsPage
{
    /// <summary>Schedules that are named as users of a calendar.</summary>
    public const int MostUsers = 50;

    private IReadOnlyList<ScheduleCalendar>? _calendars;
    private IReadOnlyDictionary<string, int> _users = new Dictionary<string, int>();
    private IReadOnlyList<ScheduleName> _usedBy = [];
    private CalendarDraft? _draft;
    private DraftFindings _findings = DraftFindings.None;
    private string? _problem, _refusal;
    private (string?, string?) _shown = ("", "");
    private bool _isBusy, _isMissing;

    /// <summary>Calendar that is open.</summary>
    [SupplyParameterFromQuery] public string? Name { get; set; }

    /// <summary>Set while a new one is being made.</summary>
    [SupplyParameterFromQuery] public string? New { get; set; }

    [CascadingParameter] public Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject] private CalendarStore Store { get; set; } = default!;

    [Inject] private ScheduleActions Actions { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private Confirm Confirm { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    [Inject] private ViewerTime Viewer { get; set; } = default!;

    protected override Task OnParametersSetAsync()
    {
        if (_shown == (Name, New)) return Task.CompletedTask;
        _shown = (Name, New);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _calendars = await Store.ListAsync();
            _users = await Store.CountUsersAsync();
            Open(string.IsNullOrEmpty(Name) ? null : _calendars.FirstOrDefault(calendar => calendar.Name == Name));
            _usedBy = _draft?.Saved is { } saved ? await Store.UsedByAsync(saved.Name, MostUsers) : [];
            _problem = null;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            _problem = "The database does not answer.";
        }
    }

    private void Open(ScheduleCalendar? calendar)
    {
        _isMissing = calendar is null && !string.IsNullOrEmpty(Name);
        _draft = calendar is not null ? CalendarDraft.Of(calendar) : string.IsNullOrEmpty(New) ? null : CalendarDraft.New();
        (_findings, _refusal) = (DraftFindings.None, null);
    }

    private async Task SaveAsync()
    {
        if (_draft is not { } draft || _isBusy) return;
        (_findings, _refusal) = (DraftFindings.None, null);
        if (draft.Reading.Problems.Count > 0)
        {
            _refusal = $"Not saved: {NumberText.Of(draft.Reading.Problems.Count, "line is", "lines are")} not understood.";
            return;
        }
        _isBusy = true;
        try
        {
            var calendar = draft.ToCalendar();
            var result = await Actions.SaveCalendarAsync((await Authentication).User, calendar, draft.Saved?.Version, null);
            if (result.CalendarConflict is { } theirs) draft.Meet(theirs);
            else if (result.Accepted) await SavedAsync(calendar.Name, result.Message);
            else if (result.Problems.Any(problem => !problem.IsWarning && problem.Path is "name" or "description" or "days")) _findings = new DraftFindings(result.Problems);
            else _refusal = result.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task SavedAsync(string name, string message)
    {
        Toasts.Show(ToastKind.Done, message);
        if (_draft!.Saved is null)
        {
            // Nothing is unsaved any more, so nothing keeps the page from being left.
            _draft = null;
            Navigation.NavigateTo(Links.CalendarOf(name));
        }
        else
        {
            await LoadAsync();
        }
    }

    private async Task DeleteAsync()
    {
        var name = _draft!.Saved!.Name;
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Delete calendar {SafeText.Inline(name, 80)}?",
            Consequences = [$"Its {NumberText.Of(_draft.Saved.Days.Count, "day is", "days are")} gone. No schedule names it."],
            ActLabel = "Delete 1 calendar",
            DismissLabel = "Keep it",
            IsDangerous = true,
        });
        if (answer is null) return;
        var result = await Actions.DeleteCalendarAsync((await Authentication).User, name, answer.Reason);
        if (!result.Accepted)
        {
            _refusal = result.Message;
            return;
        }
        Toasts.Show(ToastKind.Done, result.Message);
        _draft = null;
        Navigation.NavigateTo(Links.Calendars);
    }

    private void TakeTheirsAsync()
    {
        if (_draft?.Theirs is { } theirs) _draft = CalendarDraft.Of(theirs);
    }

    private void OverwriteAsync() => _draft?.PutMineOnTop();

    private async Task AskBeforeLeavingAsync(LocationChangingContext leaving)
    {
        if (_draft is not { IsDirty: true }) return;
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = "Leave without saving the calendar?",
            ActLabel = "Leave without saving",
            DismissLabel = "Stay here",
            AsksReason = false,
            IsDangerous = true,
        });
        if (answer is null) leaving.PreventNavigation();
    }

    private string Next(ScheduleCalendar calendar)
    {
        var today = DateOnly.FromDateTime(Viewer.Local(Viewer.Now).DateTime);
        return calendar.Days.Where(day => day.Date >= today).OrderBy(day => day.Date).FirstOrDefault() is { } next
            ? $"{DayLines.Text(next.Date)} {SafeText.Inline(next.Name, 40)}" : calendar.Days.Count == 0 ? "none" : "all are over";
    }
}
