using Microsoft.AspNetCore.Components.Server;

namespace OpsConsole.Web.Shell;

/// <summary>How drawings go to the browser.</summary>
internal static class CircuitWires
{
    /// <summary>
    /// Each drawing is compressed by itself. A compressor that remembers the ones before would hold a third of a megabyte for every page
    /// that is open, also for those on which nothing happens.
    /// </summary>
    public static void Lean(ServerComponentsEndpointOptions options) =>
        options.ConfigureWebSocketAcceptContext = (_, wire) =>
        {
            (wire.DangerousEnableCompression, wire.DisableServerContextTakeover) = (true, true);
            return Task.CompletedTask;
        };
}
