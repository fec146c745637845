using OpsConsole.Data.Schedules;

namespace OpsConsole.Bench.Schedules;

/// <summary>Two hours without any console, made by moving what is stored two hours back; then each policy must give its own count.</summary>
internal sealed class RunnerDown(BenchSettings settings)
{
    private const int Hours = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly IReadOnlyList<(string Name, CatchUp Policy, int Runs)> Policies =
    [
        ("skip", new CatchUp { Mode = CatchUpMode.Skip }, 0),
        ("latest", new CatchUp { Mode = CatchUpMode.Latest, WindowSeconds = Hours * 3_600 }, 1),
        ("all", new CatchUp { Mode = CatchUpMode.All, WindowSeconds = (Hours * 3_600) + 600, Limit = 1_000 }, 24),
        ("all, at most 5", new CatchUp { Mode = CatchUpMode.All, WindowSeconds = Hours * 3_600, Limit = 5 }, 5),
        ("all of an hour", new CatchUp { Mode = CatchUpMode.All, WindowSeconds = 3_600, Limit = 1_000 }, 12),
    ];

    /// <summary>Distance of the counts of runs and of missed moments from what the policies say.</summary>
    public long Wrong { get; private set; }

    public async Task RunAsync()
    {
        await using var space = await ScheduleSpace.OpenAsync(settings);
        var phase = (int)((DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 150) % 300);
        await space.ImportAsync(Policies.Select(one => ScheduleSpace.Every(one.Name, 300, phase) with { CatchUp = one.Policy }));
        await using (await ConsoleProcess.StartAsync(space.Console))
            await Waiting.UntilAsync("the next moments are known", Patience, async () => await space.Ledger.NumberAsync("""SELECT count(*) FROM "ScheduleCursors" WHERE "NextNominalAt" IS NULL""") == 0);
        await space.Ledger.RunAsync($"""
            UPDATE "ScheduleCursors" SET "NextNominalAt" = "NextNominalAt" - interval '{Hours} hours', "NextDueAt" = "NextDueAt" - interval '{Hours} hours';
            UPDATE "Schedules" SET "CreatedAt" = "CreatedAt" - interval '{Hours} hours', "UpdatedAt" = "UpdatedAt" - interval '{Hours} hours';
            UPDATE "ScheduleVersions" SET "At" = "At" - interval '{Hours} hours'
            """);
        await using var console = await ConsoleProcess.StartAsync(space.Console);
        var moments = Hours * 12;
        await Waiting.UntilAsync("all moments are in the ledger", Patience, async () => await space.Ledger.NumberAsync("""SELECT count(*) FROM "Occurrences" WHERE "State" <> 0""") >= moments * Policies.Count);
        foreach (var (name, _, runs) in Policies)
            Wrong += Math.Abs(await CountAsync(space, name, isRun: true) - runs) + Math.Abs(await CountAsync(space, name, isRun: false) - (moments - runs));
    }

    private static Task<long> CountAsync(ScheduleSpace space, string name, bool isRun) => space.Ledger.NumberAsync($"""
        SELECT count(*) FROM "Occurrences" o JOIN "Schedules" s ON s."Id" = o."ScheduleId" WHERE s."Name" = $1 AND o."State" {(isRun ? "= 2" : "= 5")}
        """, name);
}
