using System.Text.RegularExpressions;

namespace OpsConsole.Data.Failures;

/// <summary>A list of three ids and one of five are the same problem: marks that follow each other become one.</summary>
internal static partial class Repeats
{
    public static string Folded(string template) => template.Contains('>', StringComparison.Ordinal) ? Run().Replace(template, "$1") : template;

    [GeneratedRegex("(<[a-z]+>)(?:,? ?\\1)+", RegexOptions.CultureInvariant)]
    private static partial Regex Run();
}
