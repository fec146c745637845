namespace OpsConsole.Bench;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Scenario">Null when nothing is to be run.</param>
/// <param name="Quick">Less time, less exact.</param>
/// <param name="Profile">Also record where the processor time goes.</param>
/// <param name="Problem">Why it cannot be done and what can, or null.</param>
internal sealed record BenchArguments(IScenario? Scenario, bool Quick, bool Profile, string? Problem)
{
    private const string QuickOption = "--quick";
    private const string ProfileOption = "--profile";

    public static BenchArguments Read(IReadOnlyList<string> arguments, IReadOnlyList<IScenario> scenarios)
    {
        var (names, options) = (arguments.Where(one => !one.StartsWith('-')).ToArray(), arguments.Where(one => one.StartsWith('-')).ToArray());
        var scenario = names is [var name] ? scenarios.FirstOrDefault(one => one.Name == name) : null;
        var read = new BenchArguments(scenario, options.Contains(QuickOption), options.Contains(ProfileOption), null);
        return read with { Problem = arguments.Count == 0 ? null : ProblemOf(names, options, read) };
    }

    private static string? ProblemOf(string[] names, string[] options, BenchArguments read)
    {
        if (options.FirstOrDefault(option => option is not (QuickOption or ProfileOption)) is { } unknown)
            return $"There is no option '{unknown}'; a scenario takes {QuickOption} and {ProfileOption}.";
        if (names.Length != 1)
            return names.Length == 0 ? "No scenario is named." : $"One scenario at a time: {string.Join(", ", names)} were named.";
        if (read.Scenario is null)
            return $"There is no scenario '{names[0]}'.";
        return read is { Profile: true, Scenario.Profiled: ProfileTarget.Nothing }
            ? $"'{names[0]}' starts no process of .NET and runs none of the engine here, so there is nothing to profile; run it without {ProfileOption}."
            : null;
    }
}
