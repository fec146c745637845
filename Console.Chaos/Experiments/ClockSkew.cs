using OpsConsole.Bench;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Workers whose clock on the wall is wrong, each in its own way, beside one whose clock is right.</summary>
internal sealed class ClockSkew : IExperiment
{
    private const int Slots = 5;
    private static readonly string[] s_offsets = ["+5s", "-5s", "+31m", "-31m"];

    public string Name => "clock";

    public string About => "wall clocks of workers off by 5 s and 31 min either way: no job is given to another early";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var (seconds, jobs) = settings.Quick ? (20, 40) : (45, 150);
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 1, Slots);
        foreach (var offset in s_offsets)
            space.Fleet.Start(1, Faked(offset));
        var all = s_offsets.Length + 1;
        await Waiting.UntilAsync("all workers are there", TimeSpan.FromMinutes(2), async () => await space.AskAsync(database => database.SetLengthAsync(space.Jobs.Keys.Servers)) == all);
        // Half of them outlast a lease, so that a clock that is read wrongly would give them away.
        await space.Load.MakeAsync(jobs / 2, "chaos.deaf", $$"""{"milliseconds":{{seconds * 1_000}}}""");
        await space.Load.MakeAsync(jobs / 2, "chaos.work", """{"milliseconds":500}""");
        var wrong = (await space.Ledger.ClocksAsync()).Count(ahead => Math.Abs(ahead) > 4);
        var settled = await space.SettleAsync(TimeSpan.FromMinutes(5));
        var there = await space.AskAsync(database => database.SetLengthAsync(space.Jobs.Keys.Servers));
        var verdict = await space.JudgeAsync();
        var events = await StreamEvent.ReadAllAsync(space.Jobs);
        var busy = events.Where(e => e.Kind == "succeeded").Select(e => e.Worker).Distinct().Count();
        return new ChaosReport(Name, $"{all} workers of {Slots} slots, four with clocks of {string.Join(", ", s_offsets)}; jobs of {seconds} s on leases of 15 s", verdict.Lost.Count, verdict.Audit.DoubleEffects,
        [
            .. verdict.Figures,
            new Figure("settled", settled ? 1 : 0, AtLeast: 1),
            new Figure("clocks_that_are_wrong", wrong, AtLeast: s_offsets.Length),
            new Figure("early_reclaims", events.Count(e => e.Kind is "requeued" or "quarantined"), AtMost: 0),
            new Figure("workers_taken_for_lost", all - there, AtMost: 0),
            new Figure("workers_that_worked", busy, AtLeast: all),
        ]);
    }

    /// <summary>What a process is told whose clock is to be off.</summary>
    public static Dictionary<string, string> Faked(string offset) => new()
    {
        ["LD_PRELOAD"] = Library(),
        ["FAKETIME"] = offset,
        // Clocks that are set do not change how fast time passes.
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };

    private static string Library() =>
        Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", SearchOption.AllDirectories).FirstOrDefault()
        ?? throw new FileNotFoundException("libfaketimeMT.so.1 is not installed; ./chaos.sh installs the package faketime.");
}
