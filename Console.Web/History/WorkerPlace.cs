namespace OpsConsole.Web.History;

/// <summary>Where a worker runs, and which version of its job host.</summary>
/// <param name="Host">Machine, or empty.</param>
/// <param name="Version">Version, or empty.</param>
public readonly record struct WorkerPlace(string Host, string Version)
{
    /// <summary>Of a worker of which nothing is left but its id, <c>name:pid:guid</c>: by default the name is its machine.</summary>
    public static WorkerPlace OfId(string worker)
    {
        var end = worker.IndexOf(':', StringComparison.Ordinal);
        return new WorkerPlace(end < 0 ? worker : worker[..end], "");
    }
}
