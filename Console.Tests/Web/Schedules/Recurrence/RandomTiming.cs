using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

/// <summary>Timings with several rules, exclusions, bounds and jitter, always the same ones for the same seed.</summary>
internal sealed class RandomTiming(int seed)
{
    public const string Calendar = "Days off";

    private static readonly string[] Zones =
        ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Casablanca", "Asia/Kolkata", "Pacific/Apia", "Europe/Dublin"];

    private static readonly DateTime Origin = new(2027, 1, 1);

    private readonly Random random = new(seed);
    private readonly RandomCron cron = new(seed);

    public static IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> Calendars { get; } = new Dictionary<string, IReadOnlySet<DateOnly>>
    {
        [Calendar] = Enumerable.Range(0, 200).Select(day => DateOnly.FromDateTime(Origin).AddDays(day * 5 % 365)).ToHashSet(),
    };

    /// <summary>One that has moments; most of them stand on whole minutes.</summary>
    public (ScheduleTiming Timing, Timetable Timetable) Next()
    {
        while (true)
        {
            var timing = Draw();
            if (Timetable.Compile(timing, Calendars).Timetable is { } timetable)
                return (timing, timetable);
        }
    }

    private ScheduleTiming Draw() => new()
    {
        TimeZone = Zones[random.Next(Zones.Length)],
        Cron = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(4) == 0 ? cron.Any() : cron.Rare())],
        Every = [.. Enumerable.Range(0, random.Next(0, 2)).Select(_ => random.Next(1, 3_000) * 60).Select(period => new ScheduleInterval(period, random.Next(period / 60) * 60))],
        At = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => Moment())],
        ExceptRanges = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => Moment()).Select(from => new ExcludedRange(from, from.AddMinutes(random.Next(1, 30_000))))],
        ExceptCalendars = random.Next(4) == 0 ? [Calendar] : [],
        Start = random.Next(3) == 0 ? Moment() : null,
        End = random.Next(3) == 0 ? Moment().AddYears(1) : null,
        JitterSeconds = random.Next(3) == 0 ? random.Next(1, 60) : 0,
        SkippedTime = (SkippedTime)random.Next(2),
        RepeatedTime = (RepeatedTime)random.Next(2),
    };

    private DateTime Moment() => Origin.AddMinutes(random.Next(365 * 1_440));
}
