namespace OpsConsole.Bench.Schedules;

/// <summary>How well one console fires: many schedules, each once a minute, with a worker that runs what they make; then few of them.</summary>
internal sealed class SchedulesScenario : IScenario
{
    public string Name => "schedules";

    public string About => "100,000 schedules each minute: loaded in 5 s, 300 MB, edits in 1 s, none missed, p99 500 ms late; 1,000 each minute: p99 20 ms";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var many = settings.Quick ? 10_000 : 100_000;
        await using var few = new FleetRun(settings, 1_000, settings.Quick ? 1 : 3);
        await few.RunAsync();
        await using var fleet = new FleetRun(settings, many, settings.Quick ? 1 : 4);
        await fleet.RunAsync();
        return new BenchReport(Name, $"{many:N0} schedules each minute, {fleet.Ran:N0} of {fleet.Expected:N0} moments fired; 1,000 each minute, {few.Ran:N0} of {few.Expected:N0}",
        [
            new Figure("load_s", fleet.LoadSeconds, AtMost: 5),
            new Figure("idle_mb", fleet.IdleMegabytes),
            new Figure("runner_mb", fleet.BusyMegabytes - fleet.IdleMegabytes, AtMost: 300),
            new Figure("runner_peak_mb", fleet.PeakMegabytes - fleet.IdleMegabytes),
            new Figure("edit_ms", fleet.EditMilliseconds.Median, AtMost: 1_000),
            new Figure("edit_max_ms", fleet.EditMilliseconds.Max, AtMost: 1_000),
            new Figure("fires_per_s", fleet.FiresPerSecond, AtLeast: many / 60.0),
            new Figure("missed", fleet.Expected - fleet.Ran, AtMost: 0),
            new Figure("p50_late_ms", fleet.LateMilliseconds.P50),
            new Figure("p99_late_ms", fleet.LateMilliseconds.P99, AtMost: 500),
            new Figure("max_late_ms", fleet.LateMilliseconds.Max),
            new Figure("console_cpu_percent", fleet.ConsoleProcessorPercent),
            new Figure("few_missed", few.Expected - few.Ran, AtMost: 0),
            new Figure("few_p50_late_ms", few.LateMilliseconds.P50),
            new Figure("few_p99_late_ms", few.LateMilliseconds.P99, AtMost: 20),
            new Figure("few_edit_ms", few.EditMilliseconds.Median, AtMost: 1_000),
        ]);
    }
}
