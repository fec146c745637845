using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data.Operations;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Operations;

/// <summary>One mass operation: how far it has come, and everything that can be done with it.</summary>
public partial class OperationPage
{
    private const int ItemRows = 50;
    private BulkOperation? _operation;
    private IReadOnlyList<BulkItem> _items = [];
    private IReadOnlyList<BulkItem> _stepItems = [];
    private ClaimsPrincipal _user = new();
    private DateTimeOffset _readAt;
    private BulkItemState? _shown;
    private string? _address;
    private bool _isRead;
    private bool _isUnattended;
    private bool _isBusy;

    [Parameter] public Guid Id { get; set; }

    /// <summary>Only jobs of this state.</summary>
    [SupplyParameterFromQuery] public string? State { get; set; }

    /// <summary>Number of the job before the first one shown.</summary>
    [SupplyParameterFromQuery] public string? After { get; set; }

    [CascadingParameter] private Task<AuthenticationState> Viewer { get; set; } = default!;

    [Inject] private OperationStore Store { get; set; } = default!;

    [Inject] private OperationActions Actions { get; set; } = default!;

    [Inject] private Confirm Confirm { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    protected override TimeSpan LookEvery => TimeSpan.FromMilliseconds(700);

    protected override async Task OnParametersSetAsync()
    {
        _user = (await Viewer).User;
        _shown = Enum.TryParse<BulkItemState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) && !char.IsDigit(State![0]) ? state : null;
        var address = Id + State + "/" + After;
        if (_address == address) return;
        if (_operation?.Id != Id) (_operation, _isRead) = (null, false);
        _address = address;
        await LoadAsync();
    }

    // One that is over changes no more.
    protected override Task LookAgainAsync() => _operation?.EndedAt is not null && Problem is null ? Task.CompletedTask : base.LookAgainAsync();

    protected override async Task ReadAsync()
    {
        var address = _address;
        var operation = await Store.GetAsync(Id, Left);
        var items = operation is null ? [] : await Store.ItemsAsync(Id, int.TryParse(After, out var after) ? after : 0, _shown, ItemRows, Left);
        var stepItems = operation is { Draft.Canary: not BulkCanary.None, Step: < BulkSteps.Last } ? await Store.StepItemsAsync(operation, Left) : [];
        var isUnattended = operation is { EndedAt: null } && !await Store.IsAttendedAsync(Left);
        if (address != _address) return;
        (_operation, _items, _stepItems, _isUnattended) = (operation, items, stepItems, isUnattended);
        (_isRead, _readAt) = (true, Clock.GetUtcNow());
    }

    private async Task ContinueAsync()
    {
        if (_operation is { State: BulkState.Waiting } operation) await ActAsync(() => Actions.ContinueAsync(_user, operation));
    }

    private Task PaceAsync(int? perMinute) => ActAsync(() => Actions.PaceAsync(_user, _operation!, perMinute));

    private async Task PauseAsync()
    {
        var operation = _operation!;
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = "Pause this operation?",
            Consequences = [$"Within a second no further job is {BulkWords.Done(operation.Draft.Kind)}; {NumberText.Of(operation.NotStarted, "job is", "jobs are")} left.", .. operation.IsRetry ? (string[])["Jobs that were retried go on to their end, and are counted."] : []],
            ActLabel = "Pause",
            DismissLabel = "Let it run",
        });
        if (answer is not null) await ActAsync(() => Actions.PauseAsync(_user, operation, answer.Reason));
    }

    private async Task ResumeAsync()
    {
        var operation = _operation!;
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = "Resume this operation?",
            Consequences =
            [
                $"{NumberText.Of(operation.NotStarted, "job is", "jobs are")} left; those that somebody else has retried or deleted are left out.",
                .. operation.State == BulkState.Halted ? (string[])["It counts anew how many fail again, and stops by itself again when those are too many."] : [],
            ],
            ActLabel = "Resume",
            DismissLabel = "Leave it paused",
        });
        if (answer is not null) await ActAsync(() => Actions.ResumeAsync(_user, operation, answer.Reason));
    }

    private async Task StopAsync()
    {
        var operation = _operation!;
        var answer = await Confirm.AskAsync(new ConfirmQuestion
        {
            Title = "Stop this operation for good?",
            Consequences = [$"{NumberText.Of(operation.NotStarted, "job stays", "jobs stay")} as {(operation.NotStarted == 1 ? "it is" : "they are")}: failed.", $"What was {BulkWords.Done(operation.Draft.Kind)} is not taken back.", "It cannot be resumed; a new operation can take the rest."],
            ActLabel = "Stop the operation",
            DismissLabel = "Let it be",
            IsDangerous = true,
        });
        if (answer is not null) await ActAsync(() => Actions.StopAsync(_user, operation, answer.Reason));
    }

    private async Task ActAsync(Func<Task<OperationResult>> act)
    {
        if (_isBusy) return;
        _isBusy = true;
        try
        {
            var result = await act();
            Toasts.Show(result.Accepted ? ToastKind.Done : ToastKind.Refused, result.Message);
            await LoadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }
}
