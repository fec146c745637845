using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Who acts on jobs and schedules when the console does it by itself, as a policy says.</summary>
public static class ScheduleActor
{
    public const string Name = Live.ScheduleWatch.Self;

    /// <summary>How the reason of a job begins that was deleted because it had not started in time.</summary>
    public const string DeletedAsExpired = "Deleted by " + Name + ": " + Expired;

    private const string Expired = "expired";
    private const int LongestReason = 500;

    public static Actor Cancels(string schedule) => new(Name, Cut($"schedule {schedule}: a later run takes its place."));

    public static Actor Expires(string schedule, int seconds) => new(Name, Cut($"{Expired}, schedule {schedule}: it had not started {Controls.TimeText.Elapsed(TimeSpan.FromSeconds(seconds))} after it was enqueued."));

    public static bool IsExpiry(string? reason) => reason?.StartsWith(Expired, StringComparison.Ordinal) == true;

    private static string Cut(string text) => text.Length <= LongestReason ? text : text[..(LongestReason - 1)] + "…";
}
