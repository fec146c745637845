using System.Collections;

namespace OpsConsole.Jobs.Worker;

/// <summary>Goes with every line that is logged while a job runs.</summary>
internal sealed class JobLogScope(RunningJob job) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 4;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("JobId", job.JobId),
        1 => new("JobName", job.JobName),
        2 => new("Attempt", job.Attempt),
        3 => new("Queue", job.Queue),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"job {job.JobId} ({job.JobName}), attempt {job.Attempt}, queue {job.Queue}";
}
