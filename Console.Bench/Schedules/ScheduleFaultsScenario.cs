namespace OpsConsole.Bench.Schedules;

/// <summary>What is left of "exactly one job for each moment" when consoles and servers fail in the middle.</summary>
internal sealed class ScheduleFaultsScenario : IScenario
{
    public string Name => "schedule-faults";

    public string About => "leaders killed and frozen, kills between fire and enqueue, PostgreSQL away, two hours without a runner: none double, none lost";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var leaders = new LeaderFaults(settings);
        await leaders.RunAsync();
        var crashes = new CrashesBeforeEnqueue(settings);
        await crashes.RunAsync();
        var away = new DatabaseAway(settings);
        await away.RunAsync();
        var down = new RunnerDown(settings);
        await down.RunAsync();
        return new BenchReport(Name,
            $"{leaders.Moments.Expected:N0} moments with {leaders.Faults} faults of the leader; {crashes.Kills} kills between fire and enqueue; PostgreSQL away for {away.Seconds} s",
            [
                new Figure("double", leaders.Moments.Double + crashes.Moments.Double + away.Moments.Double, AtMost: 0),
                new Figure("lost", leaders.Moments.Lost + crashes.Moments.Lost + away.Moments.Lost, AtMost: 0),
                new Figure("takeover_s", leaders.TakeoverSeconds.Max(), AtMost: 10),
                new Figure("takeover_median_s", Percentile.Of(leaders.TakeoverSeconds, 0.5)),
                new Figure("fires", leaders.Moments.Expected),
                new Figure("crashes", crashes.Kills),
                new Figure("crash_fires", crashes.Moments.Expected),
                new Figure("away_resume_s", away.ResumeSeconds, AtMost: 5),
                new Figure("away_fires", away.Moments.Expected),
                new Figure("down_2h_wrong", down.Wrong, AtMost: 0),
            ]);
    }
}
