using System.Diagnostics;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Bench.Schedules;

/// <summary>Edits one schedule again and again, and waits each time until the runner goes by the new version.</summary>
internal sealed class EditProbe(ScheduleSpace space)
{
    /// <summary>The name of the schedule that is edited; its first moment is years away.</summary>
    public const string Name = "edited";

    private readonly List<double> _milliseconds = [];
    private Schedule? _schedule;

    /// <summary>From the save to the runner's own word, for each edit.</summary>
    public IReadOnlyList<double> Milliseconds => _milliseconds;

    public async Task MakeAsync()
    {
        _schedule ??= (await space.Schedules.CreateAsync(Definition(0), new ScheduleAuthor("bench", null))).Schedule!;
        var saved = await space.Schedules.SaveAsync(_schedule.Id, _schedule.Version, Definition(_schedule.Version), new ScheduleAuthor("bench", null));
        var since = Stopwatch.GetTimestamp();
        _schedule = saved.Schedule ?? throw new InvalidOperationException($"The edit was refused: {saved.Outcome}.");
        // The runner writes the cursor of a new version when it has it in memory.
        await Waiting.UntilAsync($"the runner goes by version {_schedule.Version}", TimeSpan.FromMinutes(1), async () =>
            await space.Ledger.NumberAsync("""SELECT "Version" FROM "ScheduleCursors" WHERE "ScheduleId" = $1""", _schedule.Id) >= _schedule.Version, pause: TimeSpan.FromMilliseconds(2));
        _milliseconds.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
    }

    private static ScheduleDefinition Definition(int edit) => ScheduleSpace.Every(Name, 60, 0) with
    {
        When = new ScheduleTiming { At = [new DateTime(2090, 1, 1).AddMinutes(edit)] },
    };
}
