using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Operations;

/// <summary>Asks for a mass operation: what it would touch, how carefully it goes, and why.</summary>
public partial class NewOperationPage
{
    private static readonly int[] Windows = [10, 20, 50, 100, 200];
    private static readonly (BulkKind, string)[] Kinds = [(BulkKind.Retry, "Retry"), (BulkKind.RetryPatched, "Retry with other arguments"), (BulkKind.Delete, "Delete")];

    private static readonly (BulkCanary, string, string)[] Canaries =
    [
        (BulkCanary.Ask, "Ask after each step", "1 job, then 10, then all the rest; you say each time that it goes on."),
        (BulkCanary.Automatic, "Go on by itself", "1 job, then 10, then all the rest, as long as not too many fail again."),
        (BulkCanary.None, "All at once", "Only the rate cap and the stop hold it back."),
    ];

    private readonly CancellationTokenSource _left = new();
    private readonly OperationForm _form = new();
    private OperationSource? _source;
    private OperationPreview? _preview;
    private PatchPreview? _patched;
    private IReadOnlyList<StoredCall?> _calls = [];
    private ClaimsPrincipal _user = new();
    private string _title = "";
    private string? _readFor;
    private string? _fault;
    private string? _refusal;
    private int _found;
    private int _looked;
    private bool _isBusy;

    [CascadingParameter] private Task<AuthenticationState> Viewer { get; set; } = default!;

    [CascadingParameter] private ViewerTime? ViewerClock { get; set; }

    [Inject] private SourceReader Sources { get; set; } = default!;

    [Inject] private PreviewReader Previews { get; set; } = default!;

    [Inject] private BulkControl Control { get; set; } = default!;

    [Inject] private OperationActions Actions { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    /// <summary>Id of a group of failures.</summary>
    [SupplyParameterFromQuery] public string? Group { get; set; }

    /// <summary>Id of an operation in which jobs failed again.</summary>
    [SupplyParameterFromQuery] public string? Operation { get; set; }

    /// <summary>A search.</summary>
    [SupplyParameterFromQuery] public string? Q { get; set; }

    /// <summary>Selected jobs, separated by commas.</summary>
    [SupplyParameterFromQuery] public string? Ids { get; set; }

    /// <summary>"delete", or nothing for a retry.</summary>
    [SupplyParameterFromQuery] public string? Kind { get; set; }

    private static string Back => Links.Failures;

    private string FoundWords => _source?.Kind switch
    {
        BulkSource.Group => "Failed jobs in this group",
        BulkSource.Search => "Jobs that the search found",
        BulkSource.Operation => "Jobs that failed again",
        _ => "Selected jobs",
    };

    private string StartText
    {
        get
        {
            var count = _preview?.WillAct.Count ?? 0;
            return _form.Canary == BulkCanary.None || count <= 1
                ? $"{_form.Verb} {NumberText.Of(count, "job", "jobs")}"
                : $"{_form.Verb} 1 of {NumberText.Of(count, "job", "jobs")} first";
        }
    }

    // A deletion fails for no job, so that there is nothing by which it could go on.
    private IReadOnlyList<(BulkCanary, string, string)> Offered => _form.Kind == BulkKind.Delete ? [.. Canaries.Where(canary => canary.Item1 != BulkCanary.Automatic)] : Canaries;

    private string? _example => _calls.FirstOrDefault(call => call is not null)?.ToJson().ToJsonString(ArgumentForm.Writing);

    protected override async Task OnParametersSetAsync()
    {
        _user = (await Viewer).User;
        var address = Group + "\n" + Operation + "\n" + Q + "\n" + Ids;
        if (_readFor == address) return;
        (_readFor, _source, _preview, _fault) = (address, OperationSource.Of(Group, Operation, Q, Ids), null, null);
        if (string.Equals(Kind, "delete", StringComparison.OrdinalIgnoreCase) && _user.May(Permissions.DeleteJobs)) _form.Choose(BulkKind.Delete);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && _source is not null) await CountAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task CountAsync()
    {
        (_preview, _fault, _refusal, _looked, _found) = (null, null, null, 0, 0);
        StateHasChanged();
        try
        {
            var jobs = await Sources.ReadAsync(_source!, ViewerClock?.Zone ?? TimeZoneInfo.Utc, _user.GetDisplayName(), _left.Token);
            (_title, _found, _fault) = (jobs.Title, jobs.Ids.Count, jobs.Fault);
            if (_fault is null) _preview = await Previews.CountAsync(jobs, Looked, _left.Token);
            if (_form.Kind == BulkKind.RetryPatched) await ReadSamplesAsync();
        }
        catch (JobStorageException e)
        {
            _fault = e.Message;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            _fault = "The database does not answer.";
        }
        catch (OperationCanceledException)
        {
            return;
        }
        StateHasChanged();
    }

    private void Looked(int count)
    {
        _looked = count;
        StateHasChanged();
    }

    private async Task ChooseAsync(BulkKind kind)
    {
        _form.Choose(kind);
        if (kind == BulkKind.RetryPatched && _calls.Count == 0) await ReadSamplesAsync();
    }

    private async Task ReadSamplesAsync()
    {
        try
        {
            _calls = await Control.GetCallsAsync([.. (_preview?.WillAct ?? []).Take(BulkControl.MaxTargets)], _left.Token);
            TryPatch();
        }
        catch (JobStorageException e)
        {
            _refusal = e.Message;
        }
    }

    private Task PatchAsync(string text)
    {
        _form.Patch = text;
        TryPatch();
        return Task.CompletedTask;
    }

    private void TryPatch() => _patched = _form.Patch.Trim().Length == 0 ? null : PatchPreview.Of(_form.Patch, _calls);

    private async Task StartAsync()
    {
        _refusal = null;
        if (_isBusy || _preview is not { WillAct.Count: > 0 } preview || !_form.Check()) return;
        _isBusy = true;
        try
        {
            var ids = _form.NewestFirst ? preview.Source.Ids : [.. preview.Source.Ids.Reverse()];
            var (result, id) = await Actions.StartAsync(_user, _form.ToDraft(_source!, _title), ids, _left.Token);
            if (id is { } made)
            {
                Toasts.Show(ToastKind.Requested, result.Message);
                Navigation.NavigateTo(Links.Operation(made));
            }
            else
            {
                _refusal = result.Message;
            }
        }
        finally
        {
            _isBusy = false;
        }
    }
}
