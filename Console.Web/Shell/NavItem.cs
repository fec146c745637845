namespace OpsConsole.Web.Shell;

/// <summary>One entry of the navigation.</summary>
/// <param name="Permission">Policy that the page asks for: whoever lacks it does not see the entry.</param>
public sealed record NavItem(string Text, string Href, string Icon, string Permission)
{
    /// <summary>Its picture in the sprite.</summary>
    public string Glyph { get; } = "#i-" + Icon;

    /// <summary>True for pages of which addresses begin with <see cref="Href"/>.</summary>
    public bool Holds(string path) => Href == Links.Overview ? path == Links.Overview : path == Href || path.StartsWith(Href + "/", StringComparison.OrdinalIgnoreCase);
}
