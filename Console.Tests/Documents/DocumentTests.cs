using System.Text.RegularExpressions;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Documents;

public partial class DocumentTests
{
    [Fact]
    public void Every_file_that_a_document_points_to_is_there()
    {
        var missing =
            from document in Repository.Files(".", ".md")
            from link in Link().Matches(File.ReadAllText(document.FullPath))
            let target = Path.Combine(Path.GetDirectoryName(document.FullPath)!, link.Groups[1].Value)
            where !Path.Exists(target)
            select $"{document.Name} points to {link.Groups[1].Value}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_source_file_that_a_document_names_is_there()
    {
        var names = Repository.Files(".").Select(file => Path.GetFileName(file.Name)).ToHashSet(StringComparer.Ordinal);
        var missing =
            from document in Repository.Files(".", ".md")
            from mention in FileName().Matches(File.ReadAllText(document.FullPath))
            where !names.Contains(Path.GetFileName(mention.Groups[1].Value))
            select $"{document.Name} names {mention.Groups[1].Value}";

        Assert.Empty(missing.Distinct());
    }

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\(([^)#:\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`([\w/.-]+\.(cs|razor|lua|js|css|sh|yaml|csproj))`")]
    private static partial Regex FileName();
}
