namespace OpsConsole.Bench.Pages;

/// <summary>A page with something in it.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">The same in every run, as ids are not.</param>
internal sealed record PageAddress(string Path, string Name)
{
    private static readonly string[] Public = ["/sign-in", "/set-up", "/set-password"];

    /// <summary>Whether everybody may open it; such a page has no circuit.</summary>
    public bool IsPublic => Public.Contains(Path);

    public static implicit operator PageAddress(string path) => new(path, path);
}
