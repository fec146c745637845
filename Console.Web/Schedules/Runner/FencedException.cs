namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Another process holds the lease by now: the term is over, and nothing of it may be written any more.</summary>
public sealed class FencedException(long epoch) : Exception($"Epoch {epoch} is over: another process runs the schedules by now.")
{
    public long Epoch { get; } = epoch;
}
