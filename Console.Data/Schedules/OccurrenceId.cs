using System.Globalization;

namespace OpsConsole.Data.Schedules;

/// <summary>
/// Identity of an occurrence, and the id of its job: <c>{schedule:N}-{nominal, Unix milliseconds}</c>, with <c>-{origin:N}</c> behind it for
/// manual runs and backfills. Whoever makes the job again makes the same id, which Redis refuses.
/// </summary>
public readonly record struct OccurrenceId(Guid ScheduleId, DateTimeOffset NominalAt, Guid Origin)
{
    private const int GuidLength = 32;

    /// <summary>In whole milliseconds, as in the job's id.</summary>
    public DateTimeOffset NominalAt { get; init; } = Exact(NominalAt);

    public string JobId => Origin == Guid.Empty
        ? string.Create(CultureInfo.InvariantCulture, $"{ScheduleId:N}-{NominalAt.ToUnixTimeMilliseconds()}")
        : string.Create(CultureInfo.InvariantCulture, $"{ScheduleId:N}-{NominalAt.ToUnixTimeMilliseconds()}-{Origin:N}");

    internal static DateTimeOffset Exact(DateTimeOffset moment) => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMillisecond));

    /// <summary>The occurrence behind a job id, or null for jobs that no schedule made.</summary>
    public static OccurrenceId? OfJob(ReadOnlySpan<char> jobId)
    {
        if (jobId.Length < GuidLength + 2 || jobId[GuidLength] != '-' || !Guid.TryParseExact(jobId[..GuidLength], "N", out var schedule))
            return null;
        var rest = jobId[(GuidLength + 1)..];
        var origin = Guid.Empty;
        if (rest.Length > GuidLength + 1 && rest[^(GuidLength + 1)] == '-')
        {
            if (!Guid.TryParseExact(rest[^GuidLength..], "N", out origin))
                return null;
            rest = rest[..^(GuidLength + 1)];
        }
        return long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new OccurrenceId(schedule, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), origin)
            : null;
    }
}
