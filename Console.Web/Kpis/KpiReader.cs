using OpsConsole.Data.Figures;
using OpsConsole.Data.Figures.Labels;
using OpsConsole.Data.Figures.OnTime;
using OpsConsole.Data.Figures.Targets;
using OpsConsole.Data.History;

namespace OpsConsole.Web.Kpis;

/// <summary>Reads what a report needs. All of it comes from sums, so that a quarter takes no longer than a week.</summary>
public sealed class KpiReader(FigureStore figures, LabelStore labels, OnTimeStore onTime, TargetStore targets, GapStore gaps, TimeProvider time)
{
    /// <summary>Owners and tags that are listed.</summary>
    public const int Labels = 12;

    /// <summary>Schedules that are listed.</summary>
    public const int Schedules = 10;

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1), s_sixHours = TimeSpan.FromHours(6);

    /// <param name="most">Owners, tags and schedules that are listed, where that is not what a page lists.</param>
    public async Task<KpiReport> ReadAsync(KpiPeriod period, TimeZoneInfo zone, int? most = null, CancellationToken cancel = default)
    {
        var (schedules, names) = (most ?? Schedules, most ?? Labels);
        var range = KpiRange.Of(period, zone, time.GetUtcNow());
        var set = await targets.ListAsync(cancel);
        var wanted = set.Where(target => target.Kind == TargetKind.Schedule).Select(target => target.ScheduleId).ToList();
        var hours = await onTime.HoursAsync(range.FromBefore, range.Until, cancel);
        var now = await StretchAsync(range.From, range.Until, Sum(hours, range.From, range.Until), wanted, schedules, cancel);
        var whole = await StretchAsync(range.FromBefore, range.EndBefore, Sum(hours, range.FromBefore, range.EndBefore), wanted, 0, cancel);
        var volume = await labels.HoursAsync(range.FromBefore, range.Until, cancel);
        return new KpiReport
        {
            Range = range,
            Now = new KpiTotals(now.Stretch.All, Sum(volume, range.From, range.Until), now.Stretch.AllSchedules),
            Before = new KpiTotals(
                await TotalAsync(range.FromBefore, range.UntilBefore, cancel), Sum(volume, range.FromBefore, range.UntilBefore), Sum(hours, range.FromBefore, range.UntilBefore)),
            WholeBefore = new KpiTotals(whole.Stretch.All, Sum(volume, range.FromBefore, range.EndBefore), whole.Stretch.AllSchedules),
            Days = await DaysAsync(range, range.Period, hours, cancel),
            DaysBefore = await DaysAsync(range, range.Period.Before, hours, cancel),
            Late = LateWeek.Of(hours.Where(hour => hour.Hour >= range.From && hour.Hour < range.Until), zone),
            Targets = await RowsAsync(range, set, wanted, now.Stretch, whole.Stretch, cancel),
            Schedules = [.. now.Listed.Where(one => one.Tally.NotOnTime + one.Tally.DeadlinesMissed > 0).OrderByDescending(one => one.Tally.NotOnTime + one.Tally.DeadlinesMissed).Take(schedules)],
            Owners = await labels.TopAsync(LabelKind.Owner, range.From, range.Until, range.FromBefore, range.UntilBefore, names, cancel),
            Tags = await labels.TopAsync(LabelKind.Tag, range.From, range.Until, range.FromBefore, range.UntilBefore, names, cancel),
            HasGap = (await gaps.ListAsync(range.From, range.Until, 1, cancel)).Count > 0,
        };
    }

    private async Task<IReadOnlyList<TargetRow>> RowsAsync(
        KpiRange range, IReadOnlyList<Target> set, IReadOnlyList<Guid> wanted, KpiStretch now, KpiStretch whole, CancellationToken cancel)
    {
        if (set.Count == 0)
            return [];
        // Of a period that is over nothing burns any more.
        var hour = range.IsOver ? null : await LatestAsync(range.Now, s_hour, wanted, cancel);
        var sixHours = range.IsOver ? null : await LatestAsync(range.Now, s_sixHours, wanted, cancel);
        return [.. set.Select(target =>
        {
            var before = TargetCount.Of(target, whole);
            return new TargetRow(target, ErrorBudget.Of(new BudgetFacts(
                target.Objective, TargetCount.Of(target, now), hour is null ? default : TargetCount.Of(target, hour), sixHours is null ? default : TargetCount.Of(target, sixHours),
                range.Until - range.From, range.End - range.From, before.Total)), before.Share);
        })];
    }

    /// <summary>Up to now, to the second and not by whole hours.</summary>
    private async Task<KpiStretch> LatestAsync(DateTimeOffset now, TimeSpan length, IReadOnlyList<Guid> wanted, CancellationToken cancel)
    {
        var hours = await onTime.HoursAsync(now - length, now, cancel);
        return (await StretchAsync(now - length, now, hours.Aggregate(default(OnTimeTally), (sum, hour) => sum + hour.Tally), wanted, 0, cancel)).Stretch;
    }

    private async Task<(KpiStretch Stretch, IReadOnlyList<ScheduleOnTime> Listed)> StretchAsync(
        DateTimeOffset from, DateTimeOffset until, OnTimeTally allSchedules, IReadOnlyList<Guid> wanted, int worst, CancellationToken cancel)
    {
        if (until <= from)
            return (new KpiStretch(new FigureTotals(), new Dictionary<string, FigureTotals>(), default, new Dictionary<Guid, OnTimeTally>()), []);
        var types = await figures.GetByAsync(FigureFacet.Type, FigureFilter.None, from, until, cancel: cancel);
        var listed = worst + wanted.Count == 0 ? [] : await onTime.SchedulesAsync(from, until, wanted, worst, cancel);
        var stretch = new KpiStretch(
            await TotalAsync(from, until, cancel), types.ToDictionary(type => type.Name, type => type.Totals, StringComparer.Ordinal),
            allSchedules, listed.ToDictionary(schedule => schedule.ScheduleId, schedule => schedule.Tally));
        return (stretch, listed);
    }

    private async Task<IReadOnlyList<KpiDay>> DaysAsync(KpiRange range, KpiPeriod period, IReadOnlyList<OnTimeHour> hours, CancellationToken cancel)
    {
        var all = range.Edges(period);
        // Up to the end of today: a day that has not begun is not one on which nothing happened.
        List<DateTimeOffset> edges = [.. all.TakeWhile((_, i) => i == 0 || all[i - 1] < range.Until)];
        if (edges.Count < 2)
            return [];
        var series = await figures.GetSeriesAsync(FigureFilter.None, edges, cancel);
        return [.. series.Select((totals, i) => new KpiDay(period.First.AddDays(i), totals, Sum(hours, edges[i], edges[i + 1])))];
    }

    private Task<FigureTotals> TotalAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) =>
        until <= from ? Task.FromResult(new FigureTotals()) : figures.GetTotalAsync(FigureFilter.None, from, until, cancel);

    private static OnTimeTally Sum(IReadOnlyList<OnTimeHour> hours, DateTimeOffset from, DateTimeOffset until) =>
        hours.Where(hour => hour.Hour >= from && hour.Hour < until).Aggregate(default(OnTimeTally), (sum, hour) => sum + hour.Tally);

    private static LabelTally Sum(IReadOnlyList<LabelHour> hours, DateTimeOffset from, DateTimeOffset until) =>
        hours.Where(hour => hour.Hour >= from && hour.Hour < until).Aggregate(default(LabelTally), (sum, hour) => sum + hour.Tally);
}
