namespace OpsConsole.Data.Operators;

/// <summary>Sizes of what people may write, in UTF-16 code units.</summary>
public static class OperatorLimits
{
    public const int DisplayName = 80;

    public const int Email = 200;

    public const int Password = 200;

    /// <summary>Most rows that the users page reads.</summary>
    public const int ListedOperators = 1_000;
}
