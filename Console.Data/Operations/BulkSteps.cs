namespace OpsConsole.Data.Operations;

/// <summary>The steps of a canary: how many jobs go before the next question.</summary>
public static class BulkSteps
{
    private static readonly int[] s_sizes = [1, 10];

    /// <summary>The step that takes all the rest.</summary>
    public const short Last = 2;

    /// <summary>Jobs of a step; null for all the rest.</summary>
    public static int? SizeOf(int step) => step < s_sizes.Length ? s_sizes[step] : null;
}
