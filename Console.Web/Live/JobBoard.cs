using System.Collections.Concurrent;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>Tells pages that show one job when something happened to it. Holds only the jobs that someone looks at.</summary>
public sealed class JobBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, LiveSignal> _watched = new(StringComparer.Ordinal);

    /// <summary>Calls back after every event of this job until the result is disposed.</summary>
    public IDisposable Subscribe(string jobId, Func<Task> changed)
    {
        var subscription = _watched.GetOrAdd(jobId, _ => new LiveSignal(time)).Subscribe(changed);
        return new Watch(this, jobId, subscription);
    }

    public void Apply(IReadOnlyList<JobEvent> events)
    {
        if (_watched.IsEmpty)
            return;
        foreach (var e in events)
            if (_watched.TryGetValue(e.Subject, out var signal))
                signal.Raise();
    }

    /// <summary>Tells everyone, because events may have been missed.</summary>
    public void RaiseAll()
    {
        foreach (var (_, signal) in _watched)
            signal.Raise();
    }

    private sealed class Watch(JobBoard board, string jobId, LiveSubscription subscription) : IDisposable
    {
        public void Dispose()
        {
            subscription.Dispose();
            if (board._watched.TryGetValue(jobId, out var signal) && signal.Count == 0)
                board._watched.TryRemove(new KeyValuePair<string, LiveSignal>(jobId, signal));
        }
    }
}
