namespace OpsConsole.Data.Figures;

/// <summary>Bounds on what one minute, hour or day holds, whatever names there are. What is beyond counts under <see cref="Other"/>.</summary>
public static class FigureLimits
{
    public const int Types = 500;
    public const int Queues = 100;
    public const int Hosts = 200;
    /// <summary>Combinations of the three.</summary>
    public const int Cells = 5_000;
    /// <summary>Characters of a name; three of them have to fit into a key of the database.</summary>
    public const int Name = 200;
    /// <summary>Points of one series.</summary>
    public const int Points = 800;
    /// <summary>Rows of a list by type, queue or host.</summary>
    public const int Rows = 500;
    /// <summary>Versions of hosts.</summary>
    public const int Deploys = 100;
    /// <summary>The name of all that is beyond a bound.</summary>
    public const string Other = "(other)";
}
