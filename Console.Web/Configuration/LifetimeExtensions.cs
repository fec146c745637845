namespace OpsConsole.Web.Configuration;

internal static class LifetimeExtensions
{
    /// <summary>Ends when the host has started, which is when the server knows its addresses.</summary>
    public static async Task Started(this IHostApplicationLifetime lifetime)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task;
    }
}
