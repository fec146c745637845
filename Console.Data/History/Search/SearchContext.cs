namespace OpsConsole.Data.History.Search;

/// <summary>What a query means besides its text.</summary>
/// <param name="Now">Relative moments count back from it.</param>
/// <param name="Zone">Days and times of day are in it.</param>
/// <param name="Me">Who <c>owner:me</c> is; null when nobody is signed in.</param>
public sealed record SearchContext(DateTimeOffset Now, TimeZoneInfo Zone, string? Me = null);

/// <summary>A place where a query is wrong.</summary>
/// <param name="Position">Of its first character in the text, from 0.</param>
/// <param name="Length">At least 1 unless it is the end of the text.</param>
/// <param name="Message">What was expected there, as a sentence.</param>
public sealed record QueryFault(int Position, int Length, string Message);

/// <summary>What was read from a text.</summary>
/// <param name="Query">Null when there are faults.</param>
/// <param name="Faults">In the order of the text.</param>
public sealed record QueryParse(JobQuery? Query, IReadOnlyList<QueryFault> Faults)
{
    public bool IsOk => Query is not null;
}

/// <summary>How much one query may say.</summary>
public static class QueryLimits
{
    public const int Text = 2000;
    public const int Terms = 60;
    public const int Values = 50;
    public const int Depth = 20;
    /// <summary>Faults beyond it are not told.</summary>
    public const int Faults = 8;
}
