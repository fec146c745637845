namespace OpsConsole.Samples.Reports.Storage;

/// <summary>Files that are there whole or not at all: a job may be cancelled or its worker killed at any line.</summary>
internal static class AtomicFile
{
    /// <summary>Suffix of unfinished files; clean-up removes those that a killed worker left.</summary>
    public const string Unfinished = ".part";

    /// <summary>Calls <paramref name="write"/> with a temporary path and moves the file to its place at the end.</summary>
    public static async Task WriteAsync(string path, Func<string, Task> write)
    {
        var part = $"{path}.{Guid.NewGuid():N}{Unfinished}";
        try
        {
            await write(part);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
