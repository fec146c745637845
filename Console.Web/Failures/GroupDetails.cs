using OpsConsole.Data.Failures;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Failures;

/// <summary>Everything that the page of a group shows.</summary>
/// <param name="Now">What has become of the jobs of those failures; null when Redis does not answer.</param>
internal sealed record GroupDetails(
    FailureGroup Group, GroupExample Example, IReadOnlyList<GroupEvent> Events, bool HasOlderEvents, IReadOnlyList<GroupFailure> Failures, IReadOnlyDictionary<string, JobRecord>? Now)
{
    public const int FailureRows = 25;
    private const int EventRows = 20;

    /// <returns>Null when there is no such group.</returns>
    public static async Task<GroupDetails?> ReadAsync(Guid id, int eventPages, GroupStore store, JobInspector inspector, CancellationToken cancel)
    {
        if (await store.GetAsync(id, cancel) is not { } found)
            return null;
        var most = Math.Min(EventRows * eventPages, GroupLimits.Page - 1);
        var events = await store.EventsAsync(id, most + 1, cancel: cancel);
        var failures = await store.FailuresAsync(id, FailureRows, cancel);
        return new GroupDetails(found.Group, found.Example, [.. events.Take(most)], events.Count > most, failures, await NowAsync(failures, inspector, cancel));
    }

    private static async Task<IReadOnlyDictionary<string, JobRecord>?> NowAsync(IReadOnlyList<GroupFailure> failures, JobInspector inspector, CancellationToken cancel)
    {
        try
        {
            var jobs = await inspector.GetJobsAsync([.. failures.Select(failure => failure.JobId).Distinct()], cancel);
            return jobs.ToDictionary(job => job.Id, StringComparer.Ordinal);
        }
        catch (JobStorageException)
        {
            return null;
        }
    }
}
