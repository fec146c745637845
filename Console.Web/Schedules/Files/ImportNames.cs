namespace OpsConsole.Web.Schedules.Files;

/// <summary>Which names are the same name: case and the way in which a letter is composed do not matter.</summary>
internal static class ImportNames
{
    /// <summary>Whether a text can be compared at all.</summary>
    public static bool IsName(string name) => name.Trim().Length > 0 && TextCheck.UnstorableAt(name) is null;

    public static string Key(string name) => name.Trim().Normalize().ToUpperInvariant();
}
