using System.Text.RegularExpressions;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Jobs.Protocol;

public partial class ScriptTests
{
    private const string Folder = "Console.Jobs/Protocol/Scripts";

    public static TheoryData<string> Scripts => [.. Directory.GetFiles(Repository.PathOf(Folder), "*.lua").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Scripts))]
    public void A_script_says_what_it_takes_returns_and_writes(string name)
    {
        var header = string.Join('\n', Header(name));

        Assert.Matches(@"-- KEYS: 1 prefix", header);
        Assert.Matches(@"\bARGV: ", header);
        Assert.Matches(@"(?m)^-- Returns: ", header);
        Assert.Matches(@"(?m)^-- Events?: ", header);
    }

    [Theory, MemberData(nameof(Scripts))]
    public void The_protocol_page_has_a_row_for_a_script_as_its_header_says(string name)
    {
        var row = Row(name);

        Assert.True(File.ReadAllText(Repository.PathOf("docs/protocol.md")).Contains(row, StringComparison.Ordinal), $"docs/protocol.md, Scripts, needs this row:\n{row}");
    }

    [Fact]
    public void Shared_pieces_are_named_where_they_are_used()
    {
        var pieces = Directory.GetFiles(Repository.PathOf(Folder + "/lib"), "*.lua").Select(path => Path.GetFileNameWithoutExtension(path)!).ToHashSet();
        var used = Scripts.SelectMany(script => Uses().Match(File.ReadAllText(Repository.PathOf($"{Folder}/{script.Data}.lua"))) is { Success: true } match ? match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries) : []).ToHashSet();

        Assert.Equal(pieces.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    private static string Row(string name)
    {
        var header = Header(name).Select(line => line.TrimStart('-').Trim()).ToList();
        var start = header.FindIndex(line => line.StartsWith("KEYS:", StringComparison.Ordinal));
        var what = string.Join(' ', header.Take(start).Where(line => !line.StartsWith("uses:", StringComparison.Ordinal)));
        var events = header.FindIndex(line => line.StartsWith("Event", StringComparison.Ordinal));
        return $"| `{name}` | {what} | {string.Join(' ', header.Skip(events)).Split(": ", 2)[1].TrimEnd('.').Replace("'", "`", StringComparison.Ordinal)} |";
    }

    // Comment lines from the top to the first line of code.
    private static List<string> Header(string name) => [.. File.ReadLines(Repository.PathOf($"{Folder}/{name}.lua")).TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal))];

    [GeneratedRegex(@"(?m)^-- uses: (.+)$")]
    private static partial Regex Uses();
}
