using System.Threading.Channels;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>One time of holding the lease: the epoch that fences every write, the schedules in memory, and the way into the fire loop.</summary>
public sealed class RunnerTerm(long epoch, RunnerSet set, IRunnerJobs jobs)
{
    private long _tickedAt;
    private readonly Channel<Action> _turns = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });

    public long Epoch { get; } = epoch;

    /// <summary>Takes what is to become a job.</summary>
    public IRunnerJobs Jobs { get; } = jobs;

    /// <summary>When the fire loop last came round; null before the first time.</summary>
    public DateTimeOffset? TickedAt => Interlocked.Read(ref _tickedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    internal RunnerSet Set { get; } = set;

    /// <summary>Runs something in the fire loop, between two batches, where entries may be read and changed.</summary>
    /// <returns>Done when it has run; cancelled when the term ends before.</returns>
    public async Task<T> DoAsync<T>(Func<RunnerSet, T> turn, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _turns.Writer.TryWrite(() => Run(turn, done));
        return await done.Task.WaitAsync(cancel);
    }

    /// <inheritdoc cref="DoAsync{T}(Func{RunnerSet, T}, CancellationToken)"/>
    public Task DoAsync(Action<RunnerSet> turn, CancellationToken cancel) => DoAsync(set =>
    {
        turn(set);
        return true;
    }, cancel);

    internal void Tick(DateTimeOffset now) => Interlocked.Exchange(ref _tickedAt, now.UtcTicks);

    /// <summary>For the loop: runs what has been handed in.</summary>
    internal void TakeTurns()
    {
        while (_turns.Reader.TryRead(out var turn))
            turn();
    }

    /// <summary>For the loop: waits until something is handed in.</summary>
    internal ValueTask<bool> WaitForTurnAsync(CancellationToken cancel) => _turns.Reader.WaitToReadAsync(cancel);

    private void Run<T>(Func<RunnerSet, T> turn, TaskCompletionSource<T> done)
    {
        try
        {
            done.TrySetResult(turn(Set));
        }
        catch (Exception e)
        {
            // The error belongs to whoever handed it in; the loop goes on.
            done.TrySetException(e);
        }
    }
}
