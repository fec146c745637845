using System.Globalization;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Live;

/// <summary>Decides what about the storage of the jobs needs a person, worst first.</summary>
public static class StorageAttention
{
    private const double NearlyFull = 0.9;

    /// <param name="settings">Of Redis.</param>
    /// <param name="findings">Of the last hour.</param>
    public static IReadOnlyList<AttentionItem> Of(StorageSettings settings, IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(findings);
        return [.. Full(settings), .. Eviction(settings), .. Loss(settings), .. Quarantined([.. findings.Where(finding => finding.IsQuarantined)])];
    }

    private static IEnumerable<AttentionItem> Full(StorageSettings settings)
    {
        if (settings.LimitBytes > 0 && settings.UsedBytes >= settings.LimitBytes * NearlyFull)
            yield return Risk("full", settings.UsedBytes >= settings.LimitBytes ? "Redis is full" : "Redis is nearly full",
                "When its maxmemory is reached it takes no new jobs and hands none out; what runs goes on and ends. Raise maxmemory: what is deleted is freed only a day later.");
    }

    private static IEnumerable<AttentionItem> Eviction(StorageSettings settings)
    {
        if (settings.Evicts)
            yield return Risk("eviction", "Redis may delete jobs", $"Its maxmemory-policy is {settings.Eviction}: when memory runs short it deletes jobs without a word. Set noeviction.");
    }

    private static IEnumerable<AttentionItem> Loss(StorageSettings settings)
    {
        if (settings.Loss == StorageLoss.SinceSnapshot)
            yield return Risk("loss", "Redis keeps no append-only file", "A crash loses every job since its last snapshot. Set appendonly yes.");
        else if (settings.Loss == StorageLoss.HalfMinute)
            yield return Risk("loss", "Redis leaves writing to the system", $"Its appendfsync is {settings.Fsync}: a crash loses what it acknowledged in the last half minute or more. Set everysec or always.");
    }

    private static IEnumerable<AttentionItem> Quarantined(IReadOnlyList<Finding> quarantined)
    {
        if (quarantined.Count > 0)
            yield return new AttentionItem(AttentionKind.Inconsistencies, "",
                quarantined.Count == 1 ? "1 inconsistency was quarantined" : $"{quarantined.Count.ToString("N0", CultureInfo.InvariantCulture)} inconsistencies were quarantined",
                "In the last hour, keys in Redis did not fit together in a way that has no one answer. A person must decide.", quarantined[0].At);
    }

    private static AttentionItem Risk(string subject, string title, string text) => new(AttentionKind.StorageRisk, subject, title, text, null);
}
