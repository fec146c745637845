using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules;

/// <summary>What a backfill of a range would run.</summary>
/// <param name="Count">Moments in the range, counted up to one more than <see cref="ScheduleLimits.Requests"/>.</param>
/// <param name="First">The first of them; null when there are none.</param>
/// <param name="Last">The last of those that were counted.</param>
/// <param name="Problem">Why it cannot be done as it is; null when it can.</param>
public sealed record BackfillPreview(int Count, DateTimeOffset? First, DateTimeOffset? Last, string? Problem)
{
    public bool IsTooMany => Count > ScheduleLimits.Requests;
}
