using Microsoft.AspNetCore.Components;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Jobs.Past;
using OpsConsole.Web.Live;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs;

/// <summary>Everything about one job, live: re-read after each of its events, and now and then for hosts that write none.</summary>
public partial class JobDetailsPage
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource _left = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private JobDetails? _details;
    private PastJob? _past;
    private string? _problem, _readId, _historyProblem;
    private bool _isMissing, _isInteractive;
    private int _version, _acts;
    private IDisposable? _subscription;

    [Parameter] public string Id { get; set; } = "";

    /// <summary>The id when it does not fit into a path; see <see cref="Links.IdInQuery"/>.</summary>
    [SupplyParameterFromQuery(Name = "id")] public string? QueryId { get; set; }

    [Inject] private JobInspector Inspector { get; set; } = default!;

    [Inject] private JobHistory History { get; set; } = default!;

    [Inject] private JobBoard Board { get; set; } = default!;

    [Inject] private FleetBoard Fleet { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    private string Title => _details is { } details ? $"{SafeText.Inline(details.Job.Name, 80)} {SafeText.Inline(Id, 8)}" : _isMissing ? "Job not found" : "Job";

    private List<string> QueueNames => [.. Fleet.Current.Queues.Select(queue => queue.Name).Order(StringComparer.Ordinal)];

    private string MissingText => _historyProblem is { } problem
        ? $"Redis keeps nothing under this id. Finished jobs are kept there for a day, or as long as their host says. {problem}"
        : $"Neither Redis nor the history has this id. Redis keeps finished jobs for a day, or as long as their host says. The history keeps them for {History.Kept}, but only those of our job hosts, not those of Hangfire servers. The id may also be from another Redis or prefix.";

    private string? Version => _past is { } past ? past.Last.Version : _details is { Job.Worker: { Length: > 0 } worker } ? Fleet.Current.Worker(worker)?.Record.Version : null;

    protected override async Task OnParametersSetAsync()
    {
        if (Id == Links.IdInQuery && QueryId is { Length: > 0 } given) Id = given;
        if (_readId == Id) return;
        _readId = Id;
        (_details, _past, _isMissing, _problem) = (null, null, false, null);
        if (_isInteractive) Subscribe();
        await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        _isInteractive = true;
        Subscribe();
        _ = LookAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        await _left.CancelAsync();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Subscribe()
    {
        _subscription?.Dispose();
        _subscription = Board.Subscribe(Id, async () =>
        {
            await InvokeAsync(RefreshAsync);
            // A job that reports progress in a tight loop shall not make its page read in one.
            await Task.Delay(Rest, Clock, _left.Token);
        });
    }

    private async Task LoadAsync()
    {
        _acts++;
        await ReadAsync();
    }

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        var id = Id;
        await _reading.WaitAsync(_left.Token);
        try
        {
            var details = await Inspector.GetJobAsync(id, _left.Token);
            if (id != Id) return;
            if (details is not null)
                _past = null;
            else if (_past is null)
                await RememberAsync(id);
            if (id != Id) return;
            // What was shown a moment ago and has run out stays readable, marked by the state it had.
            _details = details ?? _past?.Details ?? _details;
            _isMissing = _details is null;
            _version++;
            _problem = null;
        }
        catch (JobStorageException e)
        {
            _problem = e.Message;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task RememberAsync(string id)
    {
        var (past, problem) = await History.FindAsync(id, _left.Token);
        if (id == Id)
            (_past, _historyProblem) = (past, problem);
    }

    private async Task LookAgainAsync()
    {
        using var timer = new PeriodicTimer(LookAgain, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token))
            {
                if (_past is not null || _details?.Job.State is JobState.Succeeded or JobState.Deleted) continue;
                await InvokeAsync(RefreshAsync);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
    }

    private static string StateText(JobDetails details) => details switch
    {
        { Job: { State: JobState.Processing or JobState.Retrying, Attempt: > 0 } job, MaxRetries: { } retries } => $"{job.State}, attempt {job.Attempt} of {retries + 1}",
        { Job: { State: JobState.Processing or JobState.Retrying, Attempt: > 1 } job } => $"{job.State}, attempt {job.Attempt}",
        { Job: { State: JobState.Failed, Attempt: > 0 } job, MaxRetries: { } retries } when job.Attempt > retries => "Failed, no attempts left",
        { Job: { State: JobState.Unknown, StoredState.Length: > 0 } job } => SafeText.Inline(job.StoredState, 40),
        _ => details.Job.State.ToString(),
    };

    private RenderFragment Spent => builder =>
    {
        if (_details is null || TimelineShape.Draw(_details, Clock.GetUtcNow()) is not { } shape) return;
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "muted ellipsis");
        builder.AddContent(2, $"{TimeText.Measured(shape.Whole)}{(shape.HasOpenEnd ? " so far" : "")}, {TimeText.Measured(shape.Running)} of it running");
        builder.CloseElement();
    };
}
