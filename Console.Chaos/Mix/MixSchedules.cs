using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Chaos.Mix;

/// <summary>Schedules with a moment every few seconds, each of which is owed a job however late.</summary>
internal sealed class MixSchedules
{
    private const int Count = 3;
    private const int EverySeconds = 5;
    private readonly IReadOnlySet<Guid> _ids;
    private readonly DateTimeOffset _from = Whole(DateTimeOffset.UtcNow.AddSeconds(2 * EverySeconds));

    private MixSchedules(IReadOnlySet<Guid> ids) => _ids = ids;

    public static async Task<MixSchedules> StartAsync(IServiceProvider services)
    {
        var definitions = Enumerable.Range(0, Count).Select(i => new ScheduleImport(new ScheduleDefinition
        {
            Name = $"mix {i}",
            Job = new ScheduledJob { Type = "chaos.work", Arguments = """{"milliseconds":50}""" },
            When = new ScheduleTiming { Every = [new ScheduleInterval(EverySeconds, 0)] },
            Overlap = OverlapPolicy.AllowAll,
            CatchUp = new CatchUp { Mode = CatchUpMode.All, WindowSeconds = 3_600, Limit = 1_000 },
        }));
        var written = await services.GetRequiredService<ScheduleStore>().ImportAsync([.. definitions], source: null, new ScheduleAuthor("chaos", null));
        return written.IsSaved ? new MixSchedules(written.Ids.ToHashSet()) : throw new InvalidOperationException($"The schedules could not be stored: {written.Problems[0]}.");
    }

    /// <summary>Ids of the jobs that are owed by now.</summary>
    public IReadOnlyList<string> Owed()
    {
        var moments = (int)((Whole(DateTimeOffset.UtcNow) - _from).TotalSeconds / EverySeconds);
        return [.. _ids.SelectMany(id => Enumerable.Range(0, Math.Max(0, moments)).Select(i => new OccurrenceId(id, _from.AddSeconds(i * EverySeconds), Guid.Empty).JobId))];
    }

    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / EverySeconds * EverySeconds);
}
