using System.Globalization;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Kpis;

/// <summary>What a report shows, as its address says it.</summary>
public sealed record KpiFilter(KpiPeriod Period, bool IsCompared, TrendKind Trend)
{
    public static KpiFilter Read(string? period, string? day, string? compare, string? show, DateOnly today) => new(
        KpiPeriod.Read(period, day, today), compare != "no", Enum.GetValues<TrendKind>().FirstOrDefault(kind => Name(kind) == show));

    /// <summary>The address; the period of today needs no day.</summary>
    public string Href(DateOnly today) => Links.Kpis(
        KindName(Period.Kind), Period == KpiPeriod.Of(Period.Kind, today) ? null : Day, IsCompared ? null : "no", Trend == TrendKind.Done ? null : Name(Trend));

    /// <summary>Address of its file, which always names the day.</summary>
    public string FileHref(string format) => Links.KpiFile(format, KindName(Period.Kind), Day);

    private string Day => Period.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string KindName(PeriodKind kind) => kind.ToString().ToLowerInvariant();

    private static string Name(TrendKind kind) => kind.ToString().ToLowerInvariant();
}
