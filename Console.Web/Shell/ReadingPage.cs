using Microsoft.AspNetCore.Components;
using OpsConsole.Data;

namespace OpsConsole.Web.Shell;

/// <summary>
/// A page that reads what it shows, and reads it again and again for as long as it is open. What is on it stays on it when a later read
/// fails; <see cref="Problem"/> says that it is old.
/// </summary>
public abstract class ReadingPage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    protected ReadingPage() => Left = _leaving.Token;

    [Inject] protected TimeProvider Clock { get; set; } = default!;

    /// <summary>Pause between two looks; longer where looking takes long, see <see cref="PageLoop"/>.</summary>
    protected abstract TimeSpan LookEvery { get; }

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Left { get; }

    /// <summary>Why the last read failed, in words for the page; null when it did not.</summary>
    protected string? Problem { get; private set; }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task ReadAsync();

    /// <summary>What the page says of a failed read; null when the failure is a bug.</summary>
    protected virtual string? ProblemOf(Exception e) => ConsoleDatabase.IsAway(e) ? "The database does not answer." : null;

    protected Task LoadAsync() => GuardAsync(ReadAsync);

    /// <summary>Reads something of the page, under the same rules as the whole.</summary>
    protected async Task GuardAsync(Func<Task> read)
    {
        try
        {
            await read();
            Problem = null;
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (Exception e) when (ProblemOf(e) is { } problem)
        {
            Problem = problem;
        }
    }

    /// <summary>One look, on the page's own thread.</summary>
    protected virtual async Task LookAgainAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    /// <summary>Lets go what the page holds beside its reads.</summary>
    protected virtual ValueTask LeaveAsync() => ValueTask.CompletedTask;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = PageLoop.RunAsync(Clock, LookEvery, () => InvokeAsync(LookAgainAsync), Left);
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _leaving.Dispose();
        await LeaveAsync();
        GC.SuppressFinalize(this);
    }
}
