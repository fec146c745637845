namespace OpsConsole.Web.Live;

/// <summary>What every page may know of how the history is: pages that show it say what is missing.</summary>
public sealed class HistoryBoard(TimeProvider time) : LiveBoard<HistoryHealth>(HistoryHealth.Empty, time)
{
    /// <summary>Shows a new reading.</summary>
    public void Show(HistoryHealth next) => Publish(next);
}
