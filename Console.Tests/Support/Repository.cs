namespace OpsConsole.Tests.Support;

/// <summary>The files of the repository, for tests that read sources. Build output and data of local runs are left out.</summary>
internal static class Repository
{
    private static readonly HashSet<string> NotOurs =
        ["bin", "obj", ".git", ".run", ".test", ".bench", ".vs", ".idea", "logs", "TestResults", "secrets", "node_modules"];

    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Files under a folder of the repository whose names end in one of <paramref name="endings"/> (none: every file).</summary>
    public static IReadOnlyList<SourceFile> Files(string folder, params string[] endings) =>
        [.. Walk(PathOf(folder))
            .Where(path => endings.Length == 0 || endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Select(path => new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), path))
            .OrderBy(file => file.Name, StringComparer.Ordinal)];

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder).Where(sub => !NotOurs.Contains(Path.GetFileName(sub))).SelectMany(Walk));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Console.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"Console.sln is in no folder above {AppContext.BaseDirectory}; run the tests from the repository.");
    }
}

/// <param name="Name">Path inside the repository.</param>
/// <param name="FullPath">Path on this machine.</param>
internal sealed record SourceFile(string Name, string FullPath)
{
    /// <summary>Lines with their numbers, comment lines left out.</summary>
    public IEnumerable<(int Number, string Text)> Code() =>
        File.ReadLines(FullPath)
            .Select((text, index) => (Number: index + 1, Text: text))
            .Where(line => !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal));
}
