using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>Takes the events of jobs as the pump reads them, one batch after the other. The pump waits for it, so it must not wait for anything.</summary>
public interface IJobEventListener
{
    /// <summary>Takes a batch in the order of the stream; a restarted console begins with what the stream has kept.</summary>
    void Apply(IReadOnlyList<JobEvent> events);

    /// <summary>Events may have been lost before the next batch.</summary>
    void OnGap();
}
