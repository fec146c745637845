using System.Text.RegularExpressions;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Web.Controls;

/// <summary>What no compiler says about pictures: those that the sprite has not are drawn as nothing.</summary>
public partial class IconsTests
{
    private static readonly IReadOnlyList<SourceFile> Pages = Repository.Files("Console.Web", ".razor", ".cs");

    [Fact]
    public void Every_icon_and_glyph_that_is_named_is_in_the_sprite()
    {
        var drawn = Symbol().Matches(File.ReadAllText(Repository.PathOf("Console.Web/Shell/IconSprite.razor"))).Select(match => match.Groups[1].Value).ToHashSet();
        var named = Pages.SelectMany(file => Named().Matches(File.ReadAllText(file.FullPath)).Select(match => (file.Name, Symbol: SymbolOf(match)))).ToList();

        Assert.True(named.Count > 100, $"Only {named.Count} icons were found in the sources; are they named in another way now?");
        Assert.Equal([], named.ExceptBy(drawn, use => use.Symbol));
    }

    // "Open@Icons.Of(...)" looks like an address to Razor, which then writes it as it stands; "Open@(Icons.Of(...))" does not.
    [Fact]
    public void No_expression_of_a_page_is_taken_for_an_email_address() =>
        Assert.Empty(Pages.Where(file => file.Name.EndsWith(".razor", StringComparison.Ordinal))
            .SelectMany(file => file.Code().Where(line => Address().IsMatch(line.Text)).Select(line => $"{file.Name}:{line.Number}: {line.Text.Trim()}")));

    private static string SymbolOf(Match match) => match.Groups["glyph"] is { Success: true } glyph ? "g-" + glyph.Value : "i-" + match.Groups["icon"].Value;

    [GeneratedRegex("<symbol id=\"([a-z-]+)\"")]
    private static partial Regex Symbol();

    [GeneratedRegex("""Icons\.Of\("(?<icon>[a-z-]+)"|\bIcon="(?<icon>[a-z-]+)"|#g-(?<glyph>[a-z-]+)"|\bGlyph="(?<glyph>[a-z-]+)""")]
    private static partial Regex Named();

    [GeneratedRegex(@"[A-Za-z0-9]@[A-Z]\w*[.(]")]
    private static partial Regex Address();
}
