using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Cancels jobs that a later run is to take the place of, and asks again should one not end.</summary>
public sealed class Cancels(JobControl control, TimeProvider time)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);
    private readonly Dictionary<OccurrenceId, DateTimeOffset> _asked = [];

    public async Task RunAsync(RunnerTerm term, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var inTheWay = await term.DoAsync(set => set.Waiting.SelectMany(id => set.TryGet(id, out var entry) ? Waits.InTheWay(entry).Select(job => (job, entry.Plan!.Name)) : []).ToList(), cancel);
        foreach (var gone in _asked.Keys.Except(inTheWay.Select(one => one.job)).ToList())
            _asked.Remove(gone);
        foreach (var (job, schedule) in inTheWay)
        {
            if (_asked.TryGetValue(job, out var at) && now - at < AskAgain)
                continue;
            // A job that is not in the queue yet is asked for again when it is.
            var result = await control.CancelAsync(job.JobId, ScheduleActor.Cancels(schedule), cancel);
            if (result.Outcome is not (ControlOutcome.NotFound or ControlOutcome.Locked))
                _asked[job] = now;
        }
    }
}
