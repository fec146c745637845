using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Runner;

namespace OpsConsole.Tests.Web.Schedules.Runner;

/// <summary>Schedules for tests of what is decided about them, around <see cref="Noon"/>.</summary>
internal static class Plans
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static readonly Guid Id = Guid.Parse("6f1d3c1e-9f4e-4a57-8c7e-0a3b6d2f1a10");

    /// <summary>Fires every so many seconds and is due next at <paramref name="next"/>.</summary>
    public static RunnerEntry Every(int seconds, DateTimeOffset? next = null, Func<RunnerPlan, RunnerPlan>? with = null, int jitter = 0)
    {
        var plan = new RunnerPlan { Name = "tokens", JobType = "tokens.clean", Moments = new EverySeconds(seconds, jitter) };
        var at = next ?? Noon;
        return new RunnerEntry(Id)
        {
            Version = 3,
            Plan = with?.Invoke(plan) ?? plan,
            Next = new RunnerMoment(at, at.AddSeconds(jitter)),
        };
    }

    public static OccurrenceId IdOf(DateTimeOffset nominal) => new(Id, nominal, Guid.Empty);

    public static Occurrence Waiting(DateTimeOffset nominal) =>
        new() { ScheduleId = Id, NominalAt = nominal, DueAt = nominal, State = OccurrenceState.Buffered, IsOpen = true };

    public static Dictionary<OccurrenceState, int> Counts(this FireDecision decision) =>
        decision.Occurrences.GroupBy(row => row.State).ToDictionary(group => group.Key, group => group.Count());

    public static List<string> Of(this FireDecision decision, OccurrenceState state) =>
        [.. decision.Occurrences.Where(row => row.State == state).Select(row => row.NominalAt.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>A fixed distance of seconds, by the Unix epoch, each put off by the same jitter.</summary>
    public sealed class EverySeconds(int seconds, int jitter = 0) : IMoments
    {
        public int Asked { get; private set; }

        public RunnerMoment? Next(Guid schedule, DateTimeOffset after)
        {
            Asked++;
            var step = TimeSpan.FromSeconds(seconds).Ticks;
            var at = new DateTimeOffset((after.UtcTicks / step + 1) * step, TimeSpan.Zero);
            return new RunnerMoment(at, at.AddSeconds(jitter));
        }
    }

    /// <summary>A list of moments.</summary>
    public sealed class These(params DateTimeOffset[] moments) : IMoments
    {
        private readonly DateTimeOffset[] _moments = [.. moments.Order()];

        public RunnerMoment? Next(Guid schedule, DateTimeOffset after)
        {
            var place = Array.BinarySearch(_moments, after);
            place = place < 0 ? ~place : place + 1;
            return place < _moments.Length ? new RunnerMoment(_moments[place], _moments[place]) : null;
        }
    }
}
