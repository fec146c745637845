using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>The newest 100 failed attempts, one row per job.</summary>
public sealed class RecentFailures
{
    public const int Limit = 100;
    private const int MaxText = 500;
    private readonly LinkedList<RecentFailure> _newest = new();

    public IReadOnlyList<RecentFailure> Newest(int count) => [.. _newest.Take(count)];

    public void Apply(JobEvent e, JobNames names)
    {
        if (TypeFailures.IsFailedAttempt(e.Kind))
            Put(RecentFailure.From(e, names));
        else if (e.PreviousState == nameof(JobState.Failed) || e.Kind is JobEventKinds.Succeeded or JobEventKinds.Deleted)
            // Retried by someone, deleted or made good: it no longer waits to be looked at.
            Remove(e.Subject);
        else if (e.Kind is (JobEventKinds.Enqueued or JobEventKinds.Processing) && Find(e.Subject) is { } node)
            node.Value = node.Value with { State = e.Kind == JobEventKinds.Enqueued ? JobState.Enqueued : JobState.Processing };
    }

    /// <summary>
    /// Takes the newest failed jobs as read from Redis: adds those that no event told of, as a Hangfire host leaves them,
    /// and drops rows that someone retried or deleted in another console.
    /// </summary>
    public void Reset(IReadOnlyList<JobRecord> failed, DateTimeOffset readAt)
    {
        var ids = failed.Select(job => job.Id).ToHashSet(StringComparer.Ordinal);
        var oldest = failed.Min(job => job.StateAt) ?? DateTimeOffset.MinValue;
        foreach (var gone in _newest.Where(row => row.State is JobState.Failed or JobState.Quarantined && row.At >= oldest && row.At < readAt && !ids.Contains(row.Id)).ToList())
            Remove(gone.Id);
        foreach (var job in failed.Where(job => job.StateAt is not null && Find(job.Id) is null))
            Put(RecentFailure.From(job));
    }

    private void Put(RecentFailure failure)
    {
        Remove(failure.Id);
        var after = _newest.First;
        while (after is not null && after.Value.At > failure.At)
            after = after.Next;
        if (after is null)
            _newest.AddLast(failure);
        else
            _newest.AddBefore(after, failure);
        if (_newest.Count > Limit)
            _newest.RemoveLast();
    }

    private void Remove(string id)
    {
        if (Find(id) is { } node)
            _newest.Remove(node);
    }

    private LinkedListNode<RecentFailure>? Find(string id)
    {
        var node = _newest.First;
        while (node is not null && node.Value.Id != id)
            node = node.Next;
        return node;
    }

    internal static string Short(string? text) => text is null ? "" : text.Length <= MaxText ? text : text[..MaxText] + "…";
}
