using Microsoft.Extensions.Logging;

namespace OpsConsole.Jobs.Worker;

/// <summary>Why a running job was told to stop.</summary>
internal enum StopCause
{
    None,
    Operator,
    HardLimit,
    LeaseLost,
    Shutdown,
}

/// <summary>One attempt in this process, from claim to end. It is also what the job sees of it.</summary>
internal sealed class RunningJob : JobContext, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource? _soft;
    private readonly Action<RunningJob> _hasNews;
    private JobNews? _news;
    private int _cause;

    public RunningJob(ClaimedJob claimed, DeclaredJob? declared, WorkerPool pool, long startedAt, long leaseEndsAt, Action<RunningJob> hasNews)
    {
        Claimed = claimed;
        Declared = declared;
        Pool = pool;
        StartedAt = startedAt;
        LeaseEndsAt = leaseEndsAt;
        _hasNews = hasNews;
        _soft = declared?.SoftLimit is null ? null : new CancellationTokenSource();
        Cancellation = _stop.Token;
        SoftLimitReached = _soft?.Token ?? CancellationToken.None;
    }

    public ClaimedJob Claimed { get; }

    public DeclaredJob? Declared { get; }

    public WorkerPool Pool { get; }

    /// <summary>Progress and log lines that are not sent yet.</summary>
    public JobNews News => LazyInitializer.EnsureInitialized(ref _news);

    /// <summary>Monotonic time stamp of the claim.</summary>
    public long StartedAt { get; }

    /// <summary>Monotonic time stamp at which the lease may have ended, counted from before it was asked for.</summary>
    public long LeaseEndsAt { get; set; }

    /// <summary>Monotonic time stamp of the cancellation by the hard limit, or 0.</summary>
    public long LimitPassedAt { get; set; }

    /// <summary>Who cancelled, and why, when <see cref="Cause"/> is <see cref="StopCause.Operator"/>.</summary>
    public (string By, string Reason) Cancelled { get; private set; }

    public StopCause Cause => (StopCause)Volatile.Read(ref _cause);

    public string EventName => Declared?.EventName ?? "";

    public override string JobId => Claimed.Id;

    public override string JobName => Declared?.Type.Name ?? Claimed.Method;

    public override string Queue => Claimed.Queue;

    public override int Attempt => Claimed.Attempt;

    public override CancellationToken Cancellation { get; }

    public override CancellationToken SoftLimitReached { get; }

    public override void Progress(double percent, string? text = null)
    {
        News.Set(double.IsNaN(percent) ? 0 : Math.Clamp(percent, 0, 100), text);
        _hasNews(this);
    }

    public override void Log(string text, JobLogLevel level = JobLogLevel.Info)
    {
        ArgumentNullException.ThrowIfNull(text);
        News.Add(text, level);
        _hasNews(this);
    }

    /// <summary>Stops the job for an operator.</summary>
    public void StopFor(string by, string reason)
    {
        if (Cause == StopCause.None)
            Cancelled = (by, reason);
        Stop(StopCause.Operator);
    }

    /// <summary>Tells the job to stop; the first cause stands.</summary>
    public void Stop(StopCause cause)
    {
        if (Interlocked.CompareExchange(ref _cause, (int)cause, (int)StopCause.None) == (int)StopCause.None)
            CancelQuietly(_stop);
    }

    /// <summary>Warns the job that its soft limit is reached.</summary>
    public void Warn()
    {
        if (_soft is { IsCancellationRequested: false })
            CancelQuietly(_soft);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _soft?.Dispose();
    }

    // Callbacks are the job's own code: they may throw, and may come after the end.
    private void CancelQuietly(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
        }
        catch (AggregateException e)
        {
            Pool.Logger.CancellationCallbackFailed(e, JobId);
        }
    }
}
