using System.Globalization;
using OpsConsole.Data.Figures.Labels;
using OpsConsole.Data.Figures.Targets;

namespace OpsConsole.Web.Kpis;

/// <summary>What a report says, as tables.</summary>
public static class KpiTables
{
    public static IReadOnlyList<KpiTable> Of(KpiReport report) =>
    [
        Totals(report), Days(report), Targets(report), Schedules(report), Hours(report),
        Labels("Owners", "Owner", "no owner", "all further owners", report.Owners), Labels("Tags", "Tag", "no tag", "all further tags", report.Tags),
    ];

    private static KpiTable Totals(KpiReport report)
    {
        (string, IReadOnlyList<KpiCell>) Row(string name, KpiTotals totals) => (name,
        [
            totals.Figures.Succeeded, totals.Figures.FailedForGood, totals.Figures.JobSuccessRate, totals.Volume.RecoveredShare, totals.Figures.Waits.Quantile(.5)?.TotalSeconds,
            totals.Figures.Waits.Quantile(.95)?.TotalSeconds, totals.OnTime.Planned, totals.OnTime.OnTimeShare, totals.OnTime.Deadlines, totals.OnTime.DeadlineShare,
        ]);
        var period = report.Range.Period;
        return new KpiTable("Report", "Period",
        [
            ("Jobs done", KpiUnit.Count), ("Failed for good", KpiUnit.Count), ("Done", KpiUnit.Share), ("Put right by retrying", KpiUnit.Share), ("Median wait, s", KpiUnit.Seconds),
            ("95 % wait at most, s", KpiUnit.Seconds), ("Planned runs", KpiUnit.Count), ("On time", KpiUnit.Share), ("Deadlines", KpiUnit.Count), ("Deadlines met", KpiUnit.Share),
        ],
        [
            Row(period.DaysUntil(report.Range.DayOf(report.Range.Until)), report.Now), Row(period.Before.Title + ", as far", report.Before), Row(period.Before.Title, report.WholeBefore),
        ]);
    }

    private static KpiTable Days(KpiReport report) => new("Days", "Day",
    [
        ("Jobs done", KpiUnit.Count), ("Failed for good", KpiUnit.Count), ("Done", KpiUnit.Share), ("95 % wait at most, s", KpiUnit.Seconds), ("Planned runs", KpiUnit.Count), ("On time", KpiUnit.Share),
        ("Deadlines met", KpiUnit.Share),
    ],
    [
        .. report.DaysBefore.Concat(report.Days).Select(day => (day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (IReadOnlyList<KpiCell>)
        [
            day.Figures.Succeeded, day.Figures.FailedForGood, day.Figures.JobSuccessRate, day.Figures.Waits.Quantile(.95)?.TotalSeconds, day.OnTime.Planned, day.OnTime.OnTimeShare, day.OnTime.DeadlineShare,
        ])),
    ]);

    private static KpiTable Targets(KpiReport report) => new("Targets", "Target",
    [
        ("Promise", KpiUnit.Text), ("Reached", KpiUnit.Share), ("Target", KpiUnit.Share), ("Reached before", KpiUnit.Share), ("Allowed", KpiUnit.Count), ("Used", KpiUnit.Count), ("Budget used", KpiUnit.Share),
        ("Pace, 1 h", KpiUnit.Times), ("Pace, 6 h", KpiUnit.Times), ("Pace so far", KpiUnit.Times), ("Verdict", KpiUnit.Text), ("Set by", KpiUnit.Text), ("Set on", KpiUnit.Text),
    ],
    [
        .. report.Targets.Select(row => (TargetWords.Subject(row.Target), (IReadOnlyList<KpiCell>)
        [
            TargetWords.Promise(row.Target), row.Budget.Share, (double)row.Target.Objective / 100, row.ShareBefore, Math.Round(row.Budget.Allowed, 1), row.Budget.Bad, row.Budget.Used,
            row.Budget.BurnOfHour, row.Budget.BurnOfSixHours, row.Budget.BurnOfPeriod, TargetWords.Look(row.Budget.Standing, report.Range.IsOver).Word,
            row.Target.UpdatedBy, report.Range.DayOf(row.Target.UpdatedAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ])),
    ]);

    private static KpiTable Schedules(KpiReport report) => new("Schedules not on time", "Schedule",
    [
        ("Owner", KpiUnit.Text), ("On time", KpiUnit.Share), ("Planned runs", KpiUnit.Count), ("Late", KpiUnit.Count), ("Missed", KpiUnit.Count), ("Deadlines met", KpiUnit.Count), ("Deadlines missed", KpiUnit.Count),
    ],
    [
        .. report.Schedules.Select(one => (one.Name, (IReadOnlyList<KpiCell>)
            [one.Owner, one.Tally.OnTimeShare, one.Tally.Planned, one.Tally.Late, one.Tally.Missed + one.Tally.NotMade, one.Tally.DeadlinesMet, one.Tally.DeadlinesMissed])),
    ]);

    private static KpiTable Hours(KpiReport report) => new("Runs by hour of the week", "Hour",
    [
        ("Planned runs", KpiUnit.Count), ("Late", KpiUnit.Count), ("Missed", KpiUnit.Count), ("On time", KpiUnit.Share),
    ],
    [
        .. from day in Enumerable.Range(1, 7)
           from hour in Enumerable.Range(0, 24)
           let tally = report.Late[(DayOfWeek)(day % 7), hour]
           where tally.Planned > 0
           select ($"{(DayOfWeek)(day % 7)} {hour:00}:00", (IReadOnlyList<KpiCell>)[tally.Planned, tally.Late, tally.Missed + tally.NotMade, tally.OnTimeShare]),
    ]);

    private static KpiTable Labels(string title, string of, string none, string further, LabelVolumes volumes) => new(title, of,
    [
        ("Jobs", KpiUnit.Count), ("Done", KpiUnit.Share), ("Failed for good", KpiUnit.Count), ("Put right by retrying", KpiUnit.Count), ("Deleted", KpiUnit.Count), ("Jobs before", KpiUnit.Count),
    ],
    [
        .. volumes.Top.Select(one => (one.IsFurther ? further : one.Name.Length == 0 ? none : one.Name, (IReadOnlyList<KpiCell>)
            [one.Tally.Ended, one.Tally.SuccessShare, one.Tally.Failed, one.Tally.Recovered, one.Tally.Deleted, one.Before.Ended])),
    ]);
}
