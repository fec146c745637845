namespace OpsConsole.Web.Operators;

/// <summary>Keeps a redirect on this site.</summary>
public static class LocalUrl
{
    /// <summary>The address when it is a path on this site, otherwise the start page.</summary>
    public static string OrHome(string? url) => IsLocal(url) ? url! : "/";

    private static bool IsLocal(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) && !url.Contains('\\', StringComparison.Ordinal);
}
