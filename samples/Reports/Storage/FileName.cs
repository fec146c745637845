using System.Text.RegularExpressions;

namespace OpsConsole.Samples.Reports.Storage;

/// <summary>Names of products that callers may choose.</summary>
internal static partial class FileName
{
    /// <summary>Returns the name when it is safe on every file system.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static string Check(string name) => Allowed().IsMatch(name)
        ? name
        : throw new ArgumentException($"'{name}' cannot be a file name. Use 1 to 80 letters, digits, dots, dashes and underscores, and begin with a letter or digit.", nameof(name));

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
