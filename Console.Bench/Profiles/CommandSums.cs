using System.Globalization;

namespace OpsConsole.Bench.Profiles;

/// <summary>What one command of Redis has done.</summary>
/// <param name="Milliseconds">Within the command; that of a script includes the commands that it called.</param>
internal readonly record struct CommandSum(string Command, long Calls, double Milliseconds)
{
    public double MicrosecondsPerCall => Milliseconds * 1e3 / Calls;
}

/// <summary>Reads what Redis says of its commands (INFO commandstats).</summary>
internal static class CommandSums
{
    private const string Head = "cmdstat_";

    public static IReadOnlyDictionary<string, CommandSum> Read(IReadOnlyDictionary<string, string> section) => section
        .Where(line => line.Key.StartsWith(Head, StringComparison.Ordinal))
        .Select(line => new CommandSum(line.Key[Head.Length..], (long)Field(line.Value, "calls"), Field(line.Value, "usec") / 1e3))
        .ToDictionary(sum => sum.Command, StringComparer.Ordinal);

    /// <summary>What was done between two looks, the longest first.</summary>
    public static IReadOnlyList<CommandSum> Between(IReadOnlyDictionary<string, CommandSum> before, IReadOnlyDictionary<string, CommandSum> after) =>
        [.. after.Values
            .Select(sum => before.TryGetValue(sum.Command, out var last) ? sum with { Calls = sum.Calls - last.Calls, Milliseconds = sum.Milliseconds - last.Milliseconds } : sum)
            .Where(sum => sum.Calls > 0)
            .OrderByDescending(sum => sum.Milliseconds).ThenBy(sum => sum.Command, StringComparer.Ordinal)];

    private static double Field(string line, string name) =>
        line.Split(',').Select(field => field.Split('=')).Where(pair => pair.Length == 2 && pair[0] == name).Select(pair => double.Parse(pair[1], CultureInfo.InvariantCulture)).FirstOrDefault();
}
