namespace OpsConsole.Jobs.Worker;

/// <summary>
/// Starts jobs that came together. Those of types that give their thread back at once run one after another on one thread, because to
/// wake a thread costs more than such a job; all others get a thread of the pool each. A job that holds its thread against all
/// experience does not hold up those behind it: a watch takes them away and gives each a thread of its own.
/// </summary>
internal sealed class JobStarter : IDisposable
{
    private const int IdleLooks = 50;
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(2);
    private readonly JobRunner _runner;
    private readonly Timer _watch;
    private readonly Lock _lock = new();
    private readonly List<JobRow> _rows = [];
    private int _idleLooks;
    private bool _isWatching;
    private bool _isDisposed;

    public JobStarter(JobRunner runner)
    {
        _runner = runner;
        _watch = new Timer(static self => ((JobStarter)self!).Look(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>
    /// Starts jobs of one pool; their ends go to it. What is left for the caller's thread, which has nothing else to do, comes back: a
    /// single job, or those that give their thread back at once.
    /// </summary>
    public JobRow? Start(IReadOnlyList<RunningJob> jobs)
    {
        List<RunningJob>? brief = null;
        foreach (var job in jobs)
        {
            if (jobs.Count == 1 || job.Declared is { IsBrief: true })
                (brief ??= new List<RunningJob>(jobs.Count)).Add(job);
            else
                _runner.Start(job);
        }
        if (brief is null)
            return null;
        var row = new JobRow(brief, _runner, Forget);
        if (brief.Count > 1)
            Watch(row);
        return row;
    }

    public void Dispose()
    {
        lock (_lock)
            _isDisposed = true;
        _watch.Dispose();
    }

    private void Watch(JobRow row)
    {
        lock (_lock)
        {
            _rows.Add(row);
            _idleLooks = 0;
            if (!_isWatching && !_isDisposed)
            {
                _isWatching = true;
                _watch.Change(s_lookEvery, s_lookEvery);
            }
        }
    }

    private void Forget(JobRow row)
    {
        lock (_lock)
            _rows.Remove(row);
    }

    private void Look()
    {
        List<JobRow> stuck;
        lock (_lock)
        {
            stuck = _rows.FindAll(row => row.IsStuck());
            stuck.ForEach(row => _rows.Remove(row));
            if (_rows.Count == 0 && ++_idleLooks >= IdleLooks && !_isDisposed)
            {
                _isWatching = false;
                _watch.Change(Timeout.Infinite, Timeout.Infinite);
            }
        }
        stuck.ForEach(row => row.Scatter());
    }
}
