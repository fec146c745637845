using System.Globalization;
using OpsConsole.Data.History;

namespace OpsConsole.Web.Live;

/// <summary>Decides what about the history needs a person, worst first.</summary>
public static class HistoryAttention
{
    public static readonly TimeSpan BehindAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GapIsNews = TimeSpan.FromHours(24);

    public static IReadOnlyList<AttentionItem> Of(HistoryHealth health, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(health);
        return [.. Unattended(health), .. Behind(health, now), .. health.Gaps.Where(gap => now - gap.RecordedAt < GapIsNews).Take(1).Select(gap => Gap(gap, health.Gaps.Count))];
    }

    private static IEnumerable<AttentionItem> Unattended(HistoryHealth health)
    {
        if (health.UnattendedSince is not { } since)
            yield break;
        yield return new AttentionItem(AttentionKind.HistoryMissing, "", "Nobody stores the history",
            "No console process writes down what happens. Redis keeps the newest events for a while; what it drops before a console stores it is lost to search and figures. Start a console with History:Run set to true; if one runs, its log says why it does not store.",
            since);
    }

    private static IEnumerable<AttentionItem> Behind(HistoryHealth health, DateTimeOffset now)
    {
        if (health.IsBehind && health.UnattendedSince is null)
            yield return new AttentionItem(AttentionKind.HistoryBehind, "", $"The history is {Seconds(health.Lag)} s behind",
                "Searches and figures do not show the newest jobs yet. If it grows, look into the log of the console that stores it, and at the disk of PostgreSQL.", now - health.Lag);
    }

    private static AttentionItem Gap(RecordedGap gap, int count) => new(AttentionKind.HistoryGap, "", count == 1 ? "The history has a gap" : $"The history has {count} gaps",
        string.Create(CultureInfo.InvariantCulture, $"From {gap.Gap.FromAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {gap.Gap.UntilAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. {gap.Gap.Why}"), gap.RecordedAt);

    private static string Seconds(TimeSpan lag) => Math.Floor(lag.TotalSeconds).ToString("N0", CultureInfo.InvariantCulture);
}
