using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Failures;

/// <summary>
/// The failed jobs. The list follows what happens while nobody reads or selects in it; else its rows keep their places,
/// their states go on changing, and what is new is counted.
/// </summary>
public partial class FailedJobsPage
{
    private const int Rows = 50;
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(500);
    private readonly HashSet<string> _selected = new(StringComparer.Ordinal);
    private ClaimsPrincipal _user = new();
    private JobPage? _page;
    private string? _problem;
    private string _readFor = "";
    private long _readAt;
    private FleetTotals _readTotals = new();
    private long _readFailed;
    private long _new;
    private bool _isHeld;
    private bool _isReading;
    private bool _follows = true;
    private IReadOnlyList<string> Types { get; set; } = [];

    [SupplyParameterFromQuery(Name = "state")] private string? StateText { get; set; }
    [SupplyParameterFromQuery(Name = "type")] private string? Type { get; set; }
    [SupplyParameterFromQuery(Name = "queue")] private string? Queue { get; set; }
    [SupplyParameterFromQuery(Name = "after")] private string? After { get; set; }

    [CascadingParameter] private Task<AuthenticationState> Viewer { get; set; } = default!;

    [Inject] private JobInspector Inspector { get; set; } = default!;

    [Inject] private JobCatalogue Catalogue { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    private JobState State => Links.StateOf(StateText) == JobState.Quarantined ? JobState.Quarantined : JobState.Failed;

    private JobState? StateInUrl => State == JobState.Quarantined ? State : null;

    private bool IsNarrowed => !string.IsNullOrEmpty(Type) || !string.IsNullOrEmpty(Queue);

    private IReadOnlyList<string> QueueNames => [.. View.Queues.Select(queue => queue.Name).Append(Queue).OfType<string>().Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];

    private string Shown => IsNarrowed || _page!.Total == 0
        ? NumberText.Of(_page!.Jobs.Count, "job", "jobs")
        : $"{NumberText.Count(_page.Jobs.Count)} of {NumberText.Of(_page.Total, "job", "jobs")}";

    protected override async Task OnParametersSetAsync()
    {
        _user = (await Viewer).User;
        var address = Links.FailuresOf(StateInUrl, Type, Queue, After);
        if (_readFor == address)
            return;
        _readFor = address;
        _selected.Clear();
        await ReadAsync();
    }

    protected override bool Take(FleetView view)
    {
        if (_page is null)
            return true;
        var changed = view.Totals.Failed != _readTotals.Failed || view.Of(JobState.Failed) != _readFailed;
        _new = Math.Max(0, view.Totals.Failed - _readTotals.Failed);
        _follows = !_isHeld && _selected.Count == 0 && After is null;
        if (changed && !_isReading && Time.GetElapsedTime(_readAt) >= ReadEvery)
            _ = _follows ? ReadAsync() : RereadRowsAsync();
        return true;
    }

    private Task ReadAsync() => ReadingAsync(async () =>
    {
        var (totals, failed) = (View.Totals, View.Of(JobState.Failed));
        _page = await Inspector.ListJobsAsync(new JobListQuery { State = State, Type = Blank(Type), Queue = Blank(Queue), After = After, Limit = Rows });
        (_readTotals, _readFailed, _new) = (totals, failed, 0);
        Types = [.. (await Catalogue.GetAsync()).Select(type => type.Name)];
    });

    /// <summary>Rows keep their places and show what has become of their jobs.</summary>
    private Task RereadRowsAsync() => ReadingAsync(async () =>
    {
        var page = _page!;
        var now = (await Inspector.GetJobsAsync([.. page.Jobs.Select(job => job.Id)])).ToDictionary(job => job.Id, StringComparer.Ordinal);
        if (ReferenceEquals(page, _page))
            _page = page with { Jobs = [.. page.Jobs.Select(job => now.GetValueOrDefault(job.Id) ?? job)] };
    });

    private async Task ReadingAsync(Func<Task> read)
    {
        var address = _readFor;
        (_isReading, _readAt) = (true, Time.GetTimestamp());
        try
        {
            await read();
            _problem = null;
        }
        catch (JobStorageException e)
        {
            _problem = e.Message;
        }
        finally
        {
            _isReading = false;
        }
        if (address != _readFor)
            await ReadAsync();
        else
            StateHasChanged();
    }

    private void Narrow(string? type, string? queue) => Navigation.NavigateTo(Links.FailuresOf(StateInUrl, Blank(type), Blank(queue)));

    private void Hold(bool isHeld) => _isHeld = isHeld;

    private void Select(JobRecord job)
    {
        if (!_selected.Remove(job.Id))
            _selected.Add(job.Id);
    }

    private void SelectAll()
    {
        var all = _page!.Jobs.Select(job => job.Id).ToList();
        if (all.TrueForAll(_selected.Contains))
            _selected.Clear();
        else
            _selected.UnionWith(all);
    }

    private async Task ActAsync(Func<Task<bool>> act)
    {
        if (!await act())
            return;
        _selected.Clear();
        await RereadRowsAsync();
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
