using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Live;

/// <summary>What Redis promises for the jobs in it, and what of this needs a person.</summary>
/// <param name="Settings">Null before the first reading.</param>
/// <param name="Attention">Worst first.</param>
public sealed record StorageView(StorageSettings? Settings, IReadOnlyList<AttentionItem> Attention);

/// <summary>What every page may know of how the jobs are stored.</summary>
public sealed class StorageBoard(TimeProvider time) : LiveBoard<StorageView>(new StorageView(null, []), time)
{
    /// <summary>Shows a new reading.</summary>
    public void Show(StorageView next) => Publish(next);
}
