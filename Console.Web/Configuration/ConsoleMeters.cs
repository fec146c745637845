namespace OpsConsole.Web.Configuration;

/// <summary>Names of the meters that one feature writes and another reads.</summary>
public static class ConsoleMeters
{
    /// <summary>Of the process that runs the schedules.</summary>
    public const string Schedules = "OpsConsole.Schedules";
}
