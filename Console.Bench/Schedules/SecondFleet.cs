using OpsConsole.Data.Schedules;

namespace OpsConsole.Bench.Schedules;

/// <summary>Schedules with a moment in every second, all of which are owed however late.</summary>
internal static class SecondFleet
{
    public static Task<IReadOnlySet<Guid>> ImportAsync(ScheduleSpace space, int schedules)
    {
        BenchJobs.Reset();
        return space.ImportAsync(Enumerable.Range(0, schedules).Select(i => ScheduleSpace.Every($"every second {i}", 1, 0) with
        {
            CatchUp = new CatchUp { Mode = CatchUpMode.All, WindowSeconds = 3_600, Limit = 1_000 },
        }));
    }
}
