using System.Globalization;

namespace OpsConsole.Bench.Profiles;

/// <summary>
/// What whoever starts a process tells of it. There is one run in this program, and the processes are started deep within scenarios
/// that need not know whether anybody profiles them: without a run, nothing happens.
/// </summary>
internal static class Profiling
{
    private static ProfileRun? s_run;

    /// <summary>Runs a scenario, and adds to its report where the processor time went.</summary>
    public static async Task<BenchReport> RunAsync(IScenario scenario, BenchSettings settings)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}-{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}");
        await using var run = new ProfileRun(settings, Path.Combine(Environment.CurrentDirectory, ".bench", "profiles", name));
        s_run = run;
        if (scenario.Profiled == ProfileTarget.Here)
            await run.FollowAsync(Environment.ProcessId, "the scenario itself");
        var report = await scenario.RunAsync(settings);
        return report with { Profile = await run.TableAsync() };
    }

    /// <summary>From now on the process does what is measured.</summary>
    public static Task FollowAsync(int processId, string label) => s_run?.FollowAsync(processId, label) ?? Task.CompletedTask;

    /// <summary>The process is about to be ended.</summary>
    public static Task LetGoAsync(int processId) => s_run?.LetGoAsync(processId) ?? Task.CompletedTask;
}
