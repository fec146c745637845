namespace OpsConsole.Jobs.Monitoring.Listing;

/// <summary>The rows of a page while it fills, each id once.</summary>
internal sealed class PageFill(int limit, int maxScanned)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public List<JobRecord> Rows { get; } = [];

    public int Scanned { get; private set; }

    /// <summary>Last id that was looked at, taken or not, and its queue.</summary>
    public string LastId { get; private set; } = "";

    public string LastQueue { get; private set; } = "";

    public bool IsDone { get; private set; }

    public bool ScanStopped { get; private set; }

    public int Wanted => limit - Rows.Count;

    /// <summary>Looks at one more row. False when the page was complete before it, so that the row belongs to the next one.</summary>
    public bool Offer(JobRecord row, bool takes)
    {
        if (Rows.Count == limit || Scanned == maxScanned)
        {
            IsDone = true;
            ScanStopped = Rows.Count < limit;
            return false;
        }
        Scanned++;
        (LastId, LastQueue) = (row.Id, row.Queue);
        if (takes && _ids.Add(row.Id))
            Rows.Add(row);
        return true;
    }
}
