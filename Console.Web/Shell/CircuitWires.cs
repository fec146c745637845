using Microsoft.AspNetCore.Components.Server;

namespace OpsConsole.Web.Shell;

/// <summary>How drawings go to the browser, and what it says comes back.</summary>
internal static class CircuitWires
{
    private const string Compression = "permessage-deflate";
    private const string EachByItself = "client_no_context_takeover";

    /// <summary>
    /// Each message is compressed by itself, both ways. A compressor that remembers the ones before would hold a third of a megabyte for
    /// every page that is open, and what unpacks its small answers a tenth, also for those on which nothing happens.
    /// </summary>
    public static void Lean(ServerComponentsEndpointOptions options) =>
        options.ConfigureWebSocketAcceptContext = (context, wire) =>
        {
            (wire.DangerousEnableCompression, wire.DisableServerContextTakeover) = (true, true);
            context.Request.Headers.SecWebSocketExtensions = Forgetful(context.Request.Headers.SecWebSocketExtensions.ToString());
            return Task.CompletedTask;
        };

    /// <summary>
    /// A server may ask this of a browser that has not offered it (RFC 7692, 7.1.1.2), but the framework asks only for what was offered.
    /// </summary>
    internal static string Forgetful(string offers) => string.Join(',', offers.Split(',').Select(offer =>
        offer.TrimStart().StartsWith(Compression, StringComparison.Ordinal) && !offer.Contains(EachByItself, StringComparison.Ordinal) ? $"{offer}; {EachByItself}" : offer));
}
