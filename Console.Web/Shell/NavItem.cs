using Microsoft.AspNetCore.Components;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Shell;

/// <summary>One entry of the navigation.</summary>
/// <param name="Permission">Policy that the page asks for: whoever lacks it does not see the entry.</param>
public sealed record NavItem(string Text, string Href, string Icon, string Permission)
{
    // The frame is on every page of every viewer: one text for all of them is much smaller than elements, and these than components.
    private readonly (MarkupString There, MarkupString Here) _beside = Entries(Href, $" title=\"{Text}\"", Labelled(Icon, Text)), _below = Entries(Href, "", Bared(Icon, Text));

    /// <summary>What is inside its link beside the page.</summary>
    public MarkupString Inside { get; } = new(Labelled(Icon, Text));

    /// <summary>What is inside its link at the foot of a phone.</summary>
    public MarkupString Bare { get; } = new(Bared(Icon, Text));

    /// <summary>True for pages of which addresses begin with <see cref="Href"/>.</summary>
    public bool Holds(string path) => Href == Links.Overview ? path == Links.Overview : path == Href || path.StartsWith(Href + "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The whole of it in the list beside the page at this path.</summary>
    public MarkupString In(string path) => Holds(path) ? _beside.Here : _beside.There;

    /// <summary>The whole of it in the list of a phone.</summary>
    public MarkupString BareIn(string path) => Holds(path) ? _below.Here : _below.There;

    private static (MarkupString There, MarkupString Here) Entries(string href, string more, string inside) =>
        (new($"<li><a href=\"{href}\"{more}>{inside}</a></li>"), new($"<li><a href=\"{href}\"{more} aria-current=\"page\">{inside}</a></li>"));

    private static string Labelled(string icon, string text) => $"{Icons.Of(icon)}<span class=\"text\">{text}</span>";

    private static string Bared(string icon, string text) => $"{Icons.Of(icon)}{text}";
}
