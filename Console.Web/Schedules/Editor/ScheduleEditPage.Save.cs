using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules.Editor;

// Saving, meeting somebody else's version, and leaving.
public sealed partial class ScheduleEditPage
{
    private async Task SaveAsync()
    {
        if (_session is not { } session || _isBusy) return;
        (_hasTried, _refusal) = (true, null);
        session.Read();
        Look();
        _arguments?.Form.Check();
        if (Errors is [var first, ..])
        {
            await GoToAsync(first.Path);
            return;
        }
        _isBusy = true;
        try
        {
            await TakeAsync(await Actions.SaveAsync((await Authentication).User, session.Saved?.Id, session.Saved?.Version, session.Definition, _why));
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task TakeAsync(ScheduleResult result)
    {
        var session = _session!;
        if (result is { Accepted: true, Schedule: { } saved })
        {
            session.Keep(saved);
            Toasts.Show(ToastKind.Done, result.Message);
            Navigation.NavigateTo(Links.Schedule(saved.Id));
        }
        else if (result.Conflict is { } theirs)
        {
            await MeetAsync(theirs);
        }
        else
        {
            if (result.Problems.Any(problem => !problem.IsWarning)) _findings = DraftFindings.Of(session.Draft, result.Problems);
            else _refusal = result.Message;
        }
    }

    /// <summary>Looks whether somebody else has saved the schedule, so that nobody works for long on what is old.</summary>
    protected override async Task LookAgainAsync()
    {
        try
        {
            if (_session?.Saved is not { } saved || await Store.GetAsync(saved.Id, Left) is not { } now || now.Version <= (_session.Theirs ?? saved).Version) return;
            await MeetAsync(now);
            StateHasChanged();
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            // The frame says so; the next look may find it again.
        }
    }

    private async Task MeetAsync(Schedule theirs)
    {
        var session = _session!;
        if (session.Saved is { } saved && theirs.Version > saved.Version && !session.IsDirty)
        {
            // Nothing was typed, so there is nothing to choose between.
            session.Keep(theirs);
            ShowArguments();
            Look();
            return;
        }
        session.Meet(theirs);
        try
        {
            _theirVersion = await Store.GetVersionAsync(theirs.Id, theirs.Version, Left);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            _theirVersion = null;
        }
    }

    private Task TakeTheirsAsync() => BeginAnewAsync(session => session.TakeTheirs());

    private Task PutMineOnTopAsync() => BeginAnewAsync(session => session.PutMineOnTop());

    private async Task DiscardAsync()
    {
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Discard {NumberText.Of(_session!.ChangeCount, "change", "changes")}?",
            ActLabel = "Discard the draft",
            DismissLabel = "Keep the draft",
            AsksReason = false,
            IsDangerous = true,
        });
        if (answer is not null) await BeginAnewAsync(session => session.Discard());
    }

    private Task BeginAnewAsync(Action<EditSession> begin)
    {
        begin(_session!);
        (_hasTried, _theirVersion) = (false, null);
        _context = _context with { JobType = _types.FirstOrDefault(type => type.Name == _session!.Definition.Job.Type) };
        ShowArguments();
        Look();
        return Task.CompletedTask;
    }

    private async Task AskBeforeLeavingAsync(LocationChangingContext leaving)
    {
        if (_session is not { IsDirty: true } session || leaving.TargetLocation.Split('#')[0] == Navigation.Uri.Split('#')[0]) return;
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = $"Leave without saving {NumberText.Of(session.ChangeCount, "change", "changes")}?",
            ActLabel = "Leave without saving",
            DismissLabel = "Stay here",
            AsksReason = false,
            IsDangerous = true,
        });
        if (answer is null) leaving.PreventNavigation();
    }

    private async Task GoToAsync(string path)
    {
        try
        {
            await Browser.InvokeVoidAsync("ops.focusOn", Left, FieldIds.Of(path, _session!.Draft, _arguments?.Form));
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The viewer has left again.
        }
    }
}
