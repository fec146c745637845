using Microsoft.Extensions.Options;
using OpsConsole.Samples.Reports.Configuration;

namespace OpsConsole.Samples.Reports.Storage;

/// <summary>The folders of the host. File names come from job arguments, so that none may lead out of here.</summary>
public sealed class DataFolder
{
    public DataFolder(IOptions<ReportsOptions> options)
    {
        Root = Path.GetFullPath(options.Value.DataFolder);
        Ledger = Make("ledger");
        Documents = Make("documents");
        Inbox = Make("inbox");
        Reports = Make("reports");
        Archives = Make("archives");
        Index = Make("index");
        Mail = Make("mail");
        Metrics = Make("metrics");
        Backups = Make("backups");
    }

    public string Root { get; }

    /// <summary>Sales by month.</summary>
    public string Ledger { get; }

    /// <summary>Word and Excel documents of the house.</summary>
    public string Documents { get; }

    /// <summary>Files of shops that wait for their import.</summary>
    public string Inbox { get; }

    public string Reports { get; }

    public string Archives { get; }

    public string Index { get; }

    /// <summary>Maildir.</summary>
    public string Mail { get; }

    /// <summary>Figures of each day.</summary>
    public string Metrics { get; }

    public string Backups { get; }

    /// <summary>Absolute path of a file named relative to this folder.</summary>
    /// <exception cref="ArgumentException">The name leads out of the folder or is not a name.</exception>
    public string Resolve(string file)
    {
        if (string.IsNullOrWhiteSpace(file) || file.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("No file is named. Give its path in the data folder, for example reports/october.xlsx.", nameof(file));
        var path = Path.GetFullPath(file, Root);
        if (!path.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ArgumentException($"The file '{file}' lies outside the data folder. Give a path inside it, for example reports/october.xlsx.", nameof(file));
        return path;
    }

    /// <summary>Absolute path of a file that must be there.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public string Existing(string file)
    {
        var path = Resolve(file);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"There is no file '{file}' in the data folder. It may have been cleaned up or moved; make it again, then retry.", file);
    }

    /// <summary>Path as arguments and results name it: relative, with slashes.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
}
