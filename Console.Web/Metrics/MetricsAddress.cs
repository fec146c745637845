using System.Globalization;
using OpsConsole.Data.Figures;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Metrics;

/// <summary>What figures are compared with.</summary>
public enum MetricsCompare
{
    /// <summary>As much time just before.</summary>
    Before,
    /// <summary>The same weekdays and hours, whole weeks earlier.</summary>
    Week,
    None,
}

/// <summary>What the heat map shows.</summary>
public enum HeatMeasure
{
    Attempts,
    Failed,
    Rate,
}

/// <summary>What the page shows, as its address says it.</summary>
public sealed record MetricsAddress(
    MetricsRange Range, DateTimeOffset? Until, FigureFilter Filter, MetricsCompare Compare = MetricsCompare.Before, FigureFacet By = FigureFacet.Type,
    HeatMeasure Heat = HeatMeasure.Attempts)
{
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm'Z'";

    public string Href => Links.Metrics(
        Range == MetricsRange.Default ? null : Range.Key, Until is { } until ? Moment(until) : null, Filter.Type, Filter.Queue, Filter.Host,
        Compare == MetricsCompare.Before ? null : Name(Compare), By == FigureFacet.Type ? null : Name(By), Heat == HeatMeasure.Attempts ? null : Name(Heat));

    public static MetricsAddress Read(string? range, string? until, string? type, string? queue, string? host, string? compare, string? by, string? heat) => new(
        MetricsRange.Of(range), MomentOf(until), new FigureFilter(Links.Given(type), Links.Given(queue), Links.Given(host)),
        Named(compare, MetricsCompare.Before), Named(by, FigureFacet.Type) is var facet and (FigureFacet.Queue or FigureFacet.Host) ? facet : FigureFacet.Type,
        Named(heat, HeatMeasure.Attempts));

    /// <summary>A moment as addresses and searches have it, to the minute.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset? MomentOf(string? text) =>
        DateTimeOffset.TryParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is > 1_970 and < 9_990 ? at : null;

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T Named<T>(string? name, T otherwise) where T : struct, Enum =>
        name is { Length: > 0 } && char.IsLetter(name[0]) && Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : otherwise;
}
