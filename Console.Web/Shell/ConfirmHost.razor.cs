using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OpsConsole.Web.Shell;

/// <summary>Shows the open question of <see cref="Confirm"/> and checks what was filled in before it answers.</summary>
public partial class ConfirmHost
{
    private const string ReasonKey = "";
    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, string> _errors = [];
    private ElementReference _dialog;
    private ConfirmQuestion? _question;
    private bool _isNew;
    private string _reason = "";

    protected override void OnInitialized() => Confirm.Changed += Show;

    public void Dispose()
    {
        Confirm.Changed -= Show;
        Confirm.Answer(null);
        GC.SuppressFinalize(this);
    }

    private void Show() => _ = InvokeAsync(() =>
    {
        if (ReferenceEquals(_question, Confirm.Open)) return;
        _question = Confirm.Open;
        _isNew = _question is not null;
        _reason = "";
        _errors.Clear();
        _values.Clear();
        foreach (var field in _question?.Fields ?? []) _values[field.Name] = field.Value;
        StateHasChanged();
    });

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isNew) return;
        _isNew = false;
        try
        {
            await Browser.InvokeVoidAsync("ops.openDialog", _dialog);
        }
        catch (JSDisconnectedException)
        {
            // The viewer has left; there is nobody to ask.
        }
    }

    private void Act()
    {
        if (_question is not { } question) return;
        _errors.Clear();
        var reason = _reason.Trim();
        if (question.ReasonRequired && reason.Length < Confirm.ReasonLength)
            _errors[ReasonKey] = $"Please give a reason of at least {Confirm.ReasonLength} characters; it is recorded with your name.";
        foreach (var field in question.Fields)
        {
            var value = _values[field.Name].Trim();
            var problem = value.Length == 0 ? field.Required ? "This is needed." : null : field.Check?.Invoke(value);
            if (problem is not null) _errors[field.Name] = problem;
        }
        if (_errors.Count == 0) Confirm.Answer(new ConfirmAnswer(reason, _values.ToDictionary(pair => pair.Key, pair => pair.Value.Trim())));
    }
}
