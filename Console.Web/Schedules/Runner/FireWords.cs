using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>What the ledger gives as the cause of a moment that is not simply on time.</summary>
internal static class FireWords
{
    public static string Overdue(TimeSpan late) => $"Nobody fired it in time: it was {TimeText.Elapsed(late)} overdue.";

    public static string NotCaughtUp(CatchUp catchUp, TimeSpan late, bool isPaused, bool isCancelOther) => catchUp switch
    {
        { Mode: CatchUpMode.Skip } => "The schedule does not catch up.",
        _ when isPaused => "It is not caught up while the schedule is paused.",
        _ when late > TimeSpan.FromSeconds(catchUp.WindowSeconds) => $"The schedule catches up {TimeText.Elapsed(TimeSpan.FromSeconds(catchUp.WindowSeconds))} at most.",
        { Mode: CatchUpMode.Latest } => "Of several such moments the schedule catches up the latest one.",
        _ when isCancelOther => "Of several such moments the latest one is caught up, because each would cancel the one before it.",
        _ => string.Create(CultureInfo.InvariantCulture, $"Of such moments the schedule catches up the latest {catchUp.Limit:N0}."),
    };

    public const string CaughtUp = "It is caught up.";

    public static string Paused(string by) => by.Length > 0 ? $"Paused by {by}." : "Paused.";

    public const string WholeMinute = "Stands for every moment of this minute.";

    /// <summary>For a row that stands for several moments, itself included.</summary>
    public static string StandsFor(long count, bool isMore, DateTimeOffset until) =>
        string.Create(CultureInfo.InvariantCulture, $"Stands for {(isMore ? "more than " : "")}{count:N0} moments, until {At(until)}.");

    public static string SkippedFor(OccurrenceId? other) => other is { } id ? $"The job of {At(id.NominalAt)} had not ended." : "The job of an earlier one had not ended.";

    public static string SkippedOverWaiting(int waiting) => waiting == 1
        ? "The job of an earlier one had not ended, and another one waited for it already."
        : string.Create(CultureInfo.InvariantCulture, $"The job of an earlier one had not ended, and {waiting:N0} others waited for it already.");

    public static string Waits(OccurrenceId? other) => other is { } id ? $"Waited for the job of {At(id.NominalAt)} to end." : "Waited for the one before it.";

    public static string Cancels(OccurrenceId? other) => other is { } id ? $"Had the job of {At(id.NominalAt)} cancelled, and waited for its end." : "Had the one before it cancelled, and waited for its end.";

    public static string? Join(params string?[] sentences)
    {
        var text = string.Join(' ', sentences.Where(sentence => !string.IsNullOrEmpty(sentence)));
        return text.Length > 0 ? text : null;
    }

    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
