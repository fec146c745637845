using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace OpsConsole.Web.Controls;

/// <summary>Pictures of the sprite, as one text each for all viewers: a component would hold 2 KB for every one that is on a page.</summary>
public static class Icons
{
    private static readonly ConcurrentDictionary<(string, string?), MarkupString> Made = new();

    /// <param name="name">As the sprite names it; never text from outside.</param>
    /// <param name="more">A further class, or null.</param>
    public static MarkupString Of(string name, string? more = null) => Made.GetOrAdd((name, more), static icon =>
        new MarkupString($"<svg class=\"icon{(icon.Item2 is null ? "" : " " + icon.Item2)}\" aria-hidden=\"true\"><use href=\"#i-{icon.Item1}\"></use></svg>"));
}
