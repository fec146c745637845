namespace OpsConsole.Jobs.Worker;

/// <summary>Jobs of one pool that are started one after another on one thread.</summary>
internal sealed class JobRow(List<RunningJob> jobs, JobRunner runner, Action<JobRow> ended)
{
    [ThreadStatic]
    private static WorkerPool? t_pool;
    private int _next;
    private int _seen = -1;

    /// <summary>Whether a row of that pool is being started on this thread, and will say of itself when it is through.</summary>
    public static bool IsOnThisThread(WorkerPool pool) => ReferenceEquals(t_pool, pool);

    /// <summary>Whether there is only one, which nobody looks after while it runs.</summary>
    public bool IsSingle => jobs.Count == 1;

    /// <summary>Starts them on this thread. The caller sends what has ended then.</summary>
    public void Run()
    {
        t_pool = jobs[0].Pool;
        try
        {
            while (Take() is { } job)
                runner.Run(job);
        }
        finally
        {
            t_pool = null;
            ended(this);
        }
    }

    /// <summary>Whether nothing has been started since the last look; asked by one caller at a time.</summary>
    public bool IsStuck()
    {
        var before = _seen;
        _seen = Volatile.Read(ref _next);
        return _seen == before;
    }

    /// <summary>Gives each job that has not been started a thread of its own, once and for all.</summary>
    public void Scatter()
    {
        while (Take() is { } job)
            runner.Start(job);
        // What has ended in this row so far has not been told yet.
        jobs[0].Pool.Signal.Set();
    }

    private RunningJob? Take()
    {
        var place = Interlocked.Increment(ref _next) - 1;
        return place < jobs.Count ? jobs[place] : null;
    }
}
