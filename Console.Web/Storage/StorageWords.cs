using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Storage;

/// <summary>Settings of Redis as sentences.</summary>
internal static class StorageWords
{
    /// <summary>Setting, tone and glyph, and what it means for jobs.</summary>
    public static (string Setting, string Tone, string Glyph, string Meaning) Loss(StorageSettings settings) => settings.Loss switch
    {
        StorageLoss.Nothing => ("appendfsync always", "succeeded", "succeeded", "Nothing that was acknowledged is lost in a crash."),
        StorageLoss.TwoSeconds => ("appendfsync everysec", "retrying", "risk", "A crash may lose what was acknowledged in the last 2 s. Where that is too much, set always."),
        StorageLoss.HalfMinute => ($"appendfsync {settings.Fsync}", "failed", "risk", "A crash may lose what was acknowledged in the last half minute or more. Set everysec or always."),
        StorageLoss.SinceSnapshot => ("appendonly no", "failed", "risk", "A crash loses every job since the last snapshot. Set appendonly yes."),
        _ => ("Unknown", "waiting", "unknown", "Redis does not let its settings be read; ask whoever runs it for appendonly and appendfsync."),
    };

    /// <inheritdoc cref="Loss"/>
    public static (string Setting, string Tone, string Glyph, string Meaning) Eviction(StorageSettings settings) => settings switch
    {
        { Eviction: "" } => ("Unknown", "waiting", "unknown", "Redis does not say what it does when memory runs short; it must be noeviction."),
        { Evicts: true } => ("maxmemory-policy " + settings.Eviction, "failed", "risk", "When memory runs short Redis deletes jobs without a word. Set noeviction."),
        _ => ("maxmemory-policy noeviction", "succeeded", "succeeded", "When memory runs short new jobs are refused; what runs goes on and ends."),
    };

    public static string Memory(StorageSettings settings) => settings.LimitBytes > 0
        ? $"{NumberText.Bytes(settings.UsedBytes)} of {NumberText.Bytes(settings.LimitBytes)}"
        : $"{NumberText.Bytes(settings.UsedBytes)}; no limit is set (maxmemory), so that Redis takes what the machine has.";
}
