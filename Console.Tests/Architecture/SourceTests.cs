using System.Text.RegularExpressions;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Architecture;

public partial class SourceTests
{
    private const int LongestFile = 400;

    private static readonly string[] Product = ["Console.Jobs", "Console.Data", "Console.Web", "samples"];

    [Fact]
    public void The_time_comes_from_TimeProvider_alone() => AssertNone(ProductCode(".cs", ".razor"), Clock());

    [Fact]
    public void Nothing_blocks_a_thread_to_wait() => AssertNone(ProductCode(".cs", ".razor"), Blocking());

    [Fact]
    public void Key_names_stand_in_one_file() =>
        AssertNone(ProductCode(".cs", ".razor").Where(file => !file.Name.EndsWith("/Protocol/RedisKeys.cs", StringComparison.Ordinal)), KeyName());

    [Fact]
    public void No_file_names_a_machine_or_a_package_registry() =>
        AssertNone(Repository.Files(".", ".cs", ".razor", ".css", ".js", ".json", ".lua", ".md", ".sh", ".yaml", ".props", ".targets", ".csproj", "run", "Dockerfile"), Machine());

    [Fact]
    public void No_file_is_too_long_to_be_one_thing()
    {
        var tooLong = Product.Concat(["Console.Tests", "Console.Bench", "Console.Chaos"])
            .SelectMany(folder => Repository.Files(folder, ".cs", ".razor", ".css"))
            .Where(file => !file.Name.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(file => (file.Name, Lines: File.ReadLines(file.FullPath).Count()))
            .Where(file => file.Lines > LongestFile);

        Assert.Empty(tooLong);
    }

    private static IEnumerable<SourceFile> ProductCode(params string[] endings) =>
        Product.SelectMany(folder => Repository.Files(folder, endings))
            .Where(file => !file.Name.Contains("/Migrations/", StringComparison.Ordinal));

    private static void AssertNone(IEnumerable<SourceFile> files, Regex forbidden) =>
        Assert.Empty(
            from file in files
            from line in file.Code()
            where forbidden.IsMatch(line.Text)
            select $"{file.Name}:{line.Number}: {line.Text.Trim()}");

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bThread\.Sleep\(|\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\)")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"\bPrefix \+ ""|\bPrefix\}\w")]
    private static partial Regex KeyName();

    // Written with a class of one character, so that this file does not name what it looks for.
    [GeneratedRegex(@"https?://[a-z0-9.-]*(nuge[t]|npmj[s]|debia[n])|(^|[\s""'=:(])/(wor[k]|roo[t]|hom[e])/[a-z]")]
    private static partial Regex Machine();
}
