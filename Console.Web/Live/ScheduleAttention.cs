using System.Globalization;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Live;

/// <summary>Decides what about the schedules needs a person, worst first: above all what was planned and does not happen.</summary>
public static class ScheduleAttention
{
    private const int Named = 5;

    public static IReadOnlyList<AttentionItem> Of(ScheduleHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        return
        [
            .. Unattended(health),
            .. Hanging(health),
            .. Overdue(health),
            .. health.Missed.Items.Take(Named).Select(Missed),
            .. More(health.Missed.Schedules - Named, AttentionKind.ScheduleMissed, "has missed runs", "have missed runs", "They stand in the list of schedules."),
            .. health.Paused.Items.Take(Named).Select(Paused),
            .. More(health.Paused.Schedules - Named, AttentionKind.SchedulePaused, "has paused itself", "have paused themselves", "They stand in the list of schedules, among the paused ones."),
        ];
    }

    private static IEnumerable<AttentionItem> Unattended(ScheduleHealth health)
    {
        if (!health.IsUnattended || health.Runner is not { } runner)
            yield break;
        var last = runner switch
        {
            { Epoch: 0 } => "No console process has ever run them.",
            { Holder: "" } => "The last runner has stopped in good order, and no other has taken over.",
            _ => $"The last runner, {runner.Name}, gives no sign of life, and no other has taken over.",
        };
        yield return new AttentionItem(AttentionKind.RunnerMissing, "", "Nobody runs the schedules",
            $"{last} Nothing that is planned happens. Start a console with Schedules:Run set to true; if one runs, its log says why it does not take over.",
            runner.Epoch == 0 ? null : runner.GoneAt);
    }

    private static IEnumerable<AttentionItem> Hanging(ScheduleHealth health)
    {
        if (health.Runner is { HangsSince: { } since } runner)
        {
            yield return new AttentionItem(AttentionKind.RunnerHanging, "", "The runner of the schedules hangs",
                $"{runner.Name} keeps its lease, but its loop has not come round. Look into its log, and restart it; another console then takes over.", since);
        }
    }

    private static IEnumerable<AttentionItem> Overdue(ScheduleHealth health)
    {
        if (health.Overdue is not { Schedules: > 0, Items: [var first, ..] } overdue)
            yield break;
        var title = overdue.Schedules == 1 ? $"Overdue: {first.Name}" : $"{Number(overdue.Schedules)} schedules are overdue";
        var who = overdue.Schedules == 1 ? "Its moment is over, and nobody has fired it." : $"Their moments are over, and nobody has fired them; the longest due is {first.Name}.";
        yield return new AttentionItem(AttentionKind.SchedulesOverdue, "", title, who, first.DueAt);
    }

    private static AttentionItem Missed(MissedSchedule missed)
    {
        string[] parts =
        [
            .. Part(missed.Missed, "1 run missed", "{0} runs missed"),
            .. Part(missed.FailedToEnqueue, "1 run without a job", "{0} runs without a job"),
            .. Part(missed.DeadlinesMissed, "1 deadline missed", "{0} deadlines missed"),
        ];
        return new AttentionItem(AttentionKind.ScheduleMissed, missed.Id.ToString("D"), $"{string.Join(", ", parts)}: {missed.Name}",
            missed.LastCause ?? "The ledger of the schedule says when.", missed.LastAt);
    }

    private static AttentionItem Paused(PausedSchedule paused) =>
        new(AttentionKind.SchedulePaused, paused.Id.ToString("D"), $"Paused itself: {paused.Name}", $"{paused.Note} Nothing of it runs until it is resumed.", paused.At);

    private static IEnumerable<AttentionItem> More(int count, AttentionKind kind, string one, string many, string where)
    {
        if (count > 0)
            yield return new AttentionItem(kind, "", count == 1 ? $"1 further schedule {one}" : $"{Number(count)} further schedules {many}", where, null);
    }

    private static IEnumerable<string> Part(int count, string one, string many)
    {
        if (count > 0)
            yield return count == 1 ? one : many.Replace("{0}", Number(count), StringComparison.Ordinal);
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
