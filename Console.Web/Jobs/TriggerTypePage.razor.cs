using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs;

/// <summary>Makes one job of a published type: the form comes from its argument schema, JSON is the other way.</summary>
public partial class TriggerTypePage
{
    private ArgumentForm? _form;
    private OperationResult? _result;
    private string? _problem, _atProblem, _queueProblem, _readName;
    private bool _isMissing, _isBusy, _isRefused;
    private string _at = "", _queue = "", _reason = "";

    [Parameter] public string Name { get; set; } = "";

    [CascadingParameter] public Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject] private JobCatalogue Catalogue { get; set; } = default!;

    [Inject] private OperatorActions Actions { get; set; } = default!;

    [Inject] private FleetBoard Board { get; set; } = default!;

    [Inject] private ViewerTime Viewer { get; set; } = default!;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    private IEnumerable<string> QueueNames => Board.Current.Queues.Select(queue => queue.Name).Order(StringComparer.Ordinal);

    protected override Task OnParametersSetAsync()
    {
        if (_readName == Name) return Task.CompletedTask;
        _readName = Name;
        (_form, _isMissing, _result) = (null, false, null);
        return LoadAsync();
    }

    // The button may be far below the field that is wrong.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isRefused || _isBusy) return;
        _isRefused = false;
        try
        {
            await Browser.InvokeVoidAsync("ops.focusFault");
        }
        catch (JSDisconnectedException)
        {
            // The viewer has left.
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            var type = await Catalogue.FindAsync(Name);
            _isMissing = type is null;
            _form = type is null ? null : new ArgumentForm(type, Viewer.Zone);
            _problem = null;
        }
        catch (JobStorageException e)
        {
            _problem = e.Message;
        }
    }

    private async Task SubmitAsync()
    {
        if (_form is null || _isBusy) return;
        (_result, _atProblem, _queueProblem) = (null, null, null);
        var arguments = _form.Check();
        var at = _at.Length == 0 ? null : Viewer.Parse(_at);
        if (_at.Length > 0 && at is null) _atProblem = $"Give a date and a time that {Viewer.Zone.Id} has.";
        if (arguments is null || _atProblem is not null)
        {
            _isRefused = true;
            return;
        }
        _isBusy = true;
        try
        {
            var options = new EnqueueOptions { At = at, Queue = string.IsNullOrWhiteSpace(_queue) ? null : _queue.Trim() };
            _result = await Actions.TriggerAsync((await Authentication).User, _form.Type.Name, arguments, options, _reason);
            // Problems stand at their fields: those of the arguments in the form, that of the queue here.
            _queueProblem = _result.Problems.FirstOrDefault(problem => problem.Path == "queue")?.Message;
            _form.Show([.. _result.Problems.Where(problem => problem.Path != "queue")]);
            _isRefused = _result.Problems.Count > 0;
        }
        catch (JobStorageException e)
        {
            _result = new OperationResult { Message = e.Message + " The job may or may not have been made; look at the newest jobs before you try again." };
        }
        finally
        {
            _isBusy = false;
        }
    }

    private static string Limit(int seconds) => seconds % 60 == 0 && seconds < 3600 ? $"{seconds / 60} min" : TimeText.Elapsed(TimeSpan.FromSeconds(seconds));

    /// <summary>A type key in pieces between which a line may break.</summary>
    private static IEnumerable<string> Parts(string key)
    {
        var text = SafeText.Inline(key, 400);
        for (var from = 0; from < text.Length;)
        {
            var end = text.IndexOfAny(['.', '(', ','], from);
            var next = end < 0 ? text.Length : end + 1;
            yield return text[from..next];
            from = next;
        }
    }

    private void SetAt(ChangeEventArgs args) => _at = args.Value as string ?? "";

    private void Empty()
    {
        _form = _form is null ? null : new ArgumentForm(_form.Type, Viewer.Zone);
        (_result, _atProblem, _queueProblem) = (null, null, null);
        (_at, _queue, _reason) = ("", "", "");
    }
}
