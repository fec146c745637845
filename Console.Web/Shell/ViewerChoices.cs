namespace OpsConsole.Web.Shell;

/// <summary>What a viewer's browser remembers about how the console shall look; read once per page from its cookies.</summary>
/// <param name="Theme">"light", "dark" or null for the system's.</param>
/// <param name="IsNavFolded">Whether the navigation is folded.</param>
/// <param name="Zone">Chosen time zone, or null.</param>
/// <param name="BrowserZone">Time zone of the browser, or null before it has told.</param>
public sealed record ViewerChoices(string? Theme, bool IsNavFolded, string? Zone, string? BrowserZone)
{
    public static ViewerChoices From(HttpRequest request) => new(
        request.Cookies["ops-theme"] is "light" or "dark" ? request.Cookies["ops-theme"] : null,
        request.Cookies["ops-nav"] == "folded",
        Uri.UnescapeDataString(request.Cookies["ops-zone"] ?? ""),
        Uri.UnescapeDataString(request.Cookies["ops-zone-browser"] ?? ""));
}
