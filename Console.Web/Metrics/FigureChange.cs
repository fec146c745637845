using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Metrics;

/// <summary>How a figure has changed, in words and with a tone: a class of states, or empty where it is no matter.</summary>
public sealed record FigureChange(string Text, string Tone)
{
    /// <summary>A change of so much does not call for a colour.</summary>
    private const double Small = 0.05;

    /// <summary>By how many percent; null when there is nothing to compare with or no difference.</summary>
    public static FigureChange? OfCount(double now, double? before) =>
        before is not > 0 || Math.Abs((now / before.Value) - 1) is var share && share < 0.005 ? null : new($"{Arrow(now > before)} {NumberText.Measure(share * 100)} %", "");

    /// <summary>By how many points of a percentage of which less is better.</summary>
    public static FigureChange? OfShare(double? now, double? before) =>
        now is not { } after || before is not { } was || Math.Abs(after - was) * 100 is var points && points < 0.05
            ? null : new($"{Arrow(after > was)} {NumberText.Measure(points)} points", points < 0.5 ? "" : after > was ? "failed" : "succeeded");

    /// <summary>By how long; shorter is better.</summary>
    public static FigureChange? OfSpan(TimeSpan? now, TimeSpan? before)
    {
        // Less than the histograms can tell apart is none.
        if (now is not { } after || before is not { } was || (after - was).Duration() is var by && by <= Data.Figures.DurationHistogram.Error * was)
            return null;
        return new FigureChange($"{Arrow(after > was)} {TimeText.Measured(by)}", by < TimeSpan.FromSeconds(1) || by < Small * was ? "" : after > was ? "retrying" : "succeeded");
    }

    private static string Arrow(bool isUp) => isUp ? "↑" : "↓";
}
