namespace OpsConsole.Jobs.Monitoring;

/// <summary>What can be wrong in Redis, by the names that stand in the list of findings.</summary>
public static class FindingKinds
{
    private static readonly Dictionary<string, string> s_titles = new(StringComparer.Ordinal)
    {
        ["wrong-type"] = "Key of another type than the layout's",
        ["entry-without-job"] = "Entry of a job that is gone",
        ["entry-elsewhere"] = "Entry where the job's state does not belong",
        ["twice-queued"] = "Job more than once in the queues",
        ["enqueued-nowhere"] = "Enqueued job in no queue",
        ["scheduled-nowhere"] = "Scheduled job that is not in the schedule",
        ["schedule-time"] = "Time of the schedule differs from the job's",
        ["processing-unlisted"] = "Running job missing from the list of running ones",
        ["failed-unlisted"] = "Failed job missing from the list of failed ones",
        ["held-by-nobody"] = "Running job that no worker holds",
        ["holder-without-lease"] = "Running job without a lease",
        ["lease-without-holder"] = "Lease of a job that nobody runs",
        ["ended-for-ever"] = "Ended job that never expires",
        ["unfinished-expires"] = "Unfinished job that would have expired",
        ["part-without-job"] = "State or history of a job that is gone",
        ["parent-gone"] = "Job that waits for one that is gone",
        ["parent-ended"] = "Job that still waits for one that has ended",
        ["queue-unlisted"] = "Queue missing from the list of queues",
        ["server-without-record"] = "Listed worker without a record",
        ["server-silent"] = "Hangfire server without a heartbeat",
        ["server-unlisted"] = "Record of a worker that is not listed",
        ["worker-unlisted"] = "Heartbeat of a worker that does not exist",
        ["unique-without-job"] = "Uniqueness key held by a job that is gone",
        ["note-without-job"] = "Note about a job that is gone or has ended",
    };

    /// <summary>Names of all kinds.</summary>
    public static IReadOnlyCollection<string> All => s_titles.Keys;

    /// <summary>A kind in words; the name itself when it is unknown.</summary>
    public static string TitleOf(string kind) => s_titles.GetValueOrDefault(kind, kind);
}
