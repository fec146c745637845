using System.Text.RegularExpressions;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Architecture;

/// <summary>The console is cut by noun; a noun knows what all share, and no other noun.</summary>
public partial class FeatureTests
{
    private static readonly string[] SharedByAll = ["Configuration", "Controls", "Live", "Operators", "Shell"];

    [Fact]
    public void A_feature_uses_no_other_feature() =>
        Assert.Empty(
            from feature in Features()
            from use in Uses(feature)
            where use.Target != feature && Features().Contains(use.Target)
            select use);

    [Theory]
    [InlineData("Controls")]
    [InlineData("Live")]
    [InlineData("Operators")]
    public void What_all_features_share_knows_none_of_them(string folder) =>
        Assert.DoesNotContain(Uses(folder), use => Features().Contains(use.Target));

    [Fact]
    public void The_live_feed_knows_no_component() =>
        Assert.DoesNotContain(SourcesOf("Live"), file => file.Code().Any(line => line.Text.Contains("AspNetCore.Components", StringComparison.Ordinal)));

    [Fact]
    public void Controls_take_parameters_and_no_services() =>
        Assert.Empty(SourcesOf("Controls").Where(file => file.Code().Any(line => Injection().IsMatch(line.Text))).Select(file => file.Name));

    private static IReadOnlyList<string> Features() =>
        [.. Folders().Where(folder => !SharedByAll.Contains(folder) && SourcesOf(folder).Count > 0)];

    private static IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(Repository.PathOf("Console.Web")).Select(path => Path.GetFileName(path)!);

    private static IReadOnlyList<SourceFile> SourcesOf(string folder) =>
        Directory.Exists(Repository.PathOf("Console.Web/" + folder)) ? Repository.Files("Console.Web/" + folder, ".cs", ".razor") : [];

    private static IEnumerable<(string Place, string Target)> Uses(string folder) =>
        from file in SourcesOf(folder)
        from line in file.Code()
        from match in WebNamespace().Matches(line.Text)
        select ($"{file.Name}:{line.Number}", match.Groups[1].Value);

    [GeneratedRegex(@"\bOpsConsole\.Web\.(\w+)")]
    private static partial Regex WebNamespace();

    [GeneratedRegex(@"^\s*@inject\b|\[Inject\]")]
    private static partial Regex Injection();
}
