using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>
/// The jobs that run: a list read from Redis now and then, kept right in between by events. Holds at most
/// <see cref="Limit"/>, the longest running ones.
/// </summary>
public sealed class RunningJobs
{
    public const int Limit = 500;
    private const int MaxEnded = 20_000;
    private readonly Dictionary<string, RunningJob> _jobs = new(StringComparer.Ordinal);
    private readonly Queue<(StreamPosition Position, string Id)> _ended = new();
    private StreamPosition _readAt;

    /// <summary>Takes a list that was read when the stream stood at or after <paramref name="readAt"/>.</summary>
    public void Reset(IReadOnlyList<JobRecord> read, StreamPosition readAt)
    {
        _readAt = readAt;
        var endedSince = _ended.Where(one => one.Position > readAt).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var startedSince = _jobs.Values.Where(job => job.Position > readAt).ToList();
        _jobs.Clear();
        foreach (var job in read.Where(job => !endedSince.Contains(job.Id)).Take(Limit))
            _jobs[job.Id] = RunningJob.From(job);
        foreach (var job in startedSince)
            Add(job);
    }

    public void Apply(JobEvent e, StreamPosition position, JobNames names)
    {
        if (position <= _readAt)
            return;
        switch (e.Kind)
        {
            case JobEventKinds.Processing:
                Add(RunningJob.From(e, position, names));
                break;
            case JobEventKinds.Progress when _jobs.TryGetValue(e.Subject, out var job):
                _jobs[e.Subject] = job with { Percent = e.Number("percent") ?? job.Percent, Text = e.Text("text") ?? job.Text };
                break;
            case JobEventKinds.CancelRequested when _jobs.TryGetValue(e.Subject, out var job):
                _jobs[e.Subject] = job with { CancelRequested = true };
                break;
            default:
                if (e.PreviousState == nameof(JobState.Processing))
                    End(e.Subject, position);
                break;
        }
    }

    /// <summary>Longest first.</summary>
    public IReadOnlyList<RunningJob> Longest(int count) => [.. _jobs.Values.OrderBy(job => job.StartedAt).ThenBy(job => job.Id, StringComparer.Ordinal).Take(count)];

    /// <summary>Busy slots by worker id, or null when there are more jobs than are kept.</summary>
    public IReadOnlyDictionary<string, int>? BusyByWorker() =>
        _jobs.Count >= Limit ? null : _jobs.Values.GroupBy(job => job.Worker, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    private void Add(RunningJob job)
    {
        if (_jobs.Count < Limit || _jobs.ContainsKey(job.Id))
            _jobs[job.Id] = job;
    }

    private void End(string id, StreamPosition position)
    {
        _jobs.Remove(id);
        _ended.Enqueue((position, id));
        if (_ended.Count > MaxEnded)
            _ended.Dequeue();
    }
}
