using OpsConsole.Data.Figures.Targets;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Kpis;

/// <summary>What a report comes to, in two sentences: first whether all is well, then what there is to know about it.</summary>
/// <param name="Tone">State family of the mark beside it.</param>
public sealed record KpiVerdict(string Headline, string More, string Tone, string Glyph)
{
    private const int Named = 2;

    public static KpiVerdict Of(KpiReport report)
    {
        var measured = report.Targets.Where(row => row.Budget.Standing != TargetStanding.NoData).ToList();
        var more = report.Lead is { } lead ? Budget(lead, report.Range) : "";
        if (measured.Count == 0)
            return WithoutTargets(report, more);
        var below = measured.Where(row => row.Budget.Standing == TargetStanding.BelowTarget).ToList();
        var risk = measured.Where(row => row.Budget.Standing == TargetStanding.AtRisk).ToList();
        if (below.Count > 0)
            return new(Below(below, measured.Count, report.Range.IsOver), Join(Shortfall(below), more), "failed", "failed");
        if (risk.Count > 0)
            return new($"On target, but {Names(risk)} {(risk.Count == 1 ? "is" : "are")} at risk.", more, "retrying", "risk");
        var kept = report.Range.IsOver ? "was kept" : "is kept";
        return new(measured.Count switch
        {
            1 => $"The target {kept}.",
            2 => $"Both targets {kept.Replace("is", "are", StringComparison.Ordinal).Replace("was", "were", StringComparison.Ordinal)}.",
            _ => $"All {measured.Count} targets {(report.Range.IsOver ? "were" : "are")} kept.",
        }, more, "succeeded", "succeeded");
    }

    private static KpiVerdict WithoutTargets(KpiReport report, string more)
    {
        var name = report.Range.Period.Name;
        if (report.Now.Figures.JobSuccessRate is not { } share)
            return new($"No job has come to its end in {name}{(report.Range.IsOver ? "" : " so far")}.", more, "waiting", "unknown");
        var compared = KpiText.Points(share, report.WholeBefore.Figures.JobSuccessRate) switch
        {
            null => "",
            "unchanged" => $", as in {report.Range.Period.NameBefore}",
            ['↑', .. var points] => $",{points} points more than in {report.Range.Period.NameBefore}",
            ['↓', .. var points] => $",{points} points less than in {report.Range.Period.NameBefore}",
            var other => ", " + other,
        };
        return new($"{KpiText.Percent(share)} % of the work of {name} got done{compared}.", Join(more, report.Targets.Count == 0 ? "No target is set, so nobody has said whether that is good." : ""), "waiting", "succeeded");
    }

    private static string Below(List<TargetRow> below, int all, bool isOver) => (below.Count, all, isOver) switch
    {
        (1, 1, false) => "Below target.",
        (1, 1, true) => "The target was not kept.",
        (1, _, false) => $"1 of {all} targets is not kept: {Names(below)}.",
        (1, _, true) => $"1 of {all} targets was not kept: {Names(below)}.",
        (_, _, false) => $"{below.Count} of {all} targets are not kept: {Names(below)}.",
        _ => $"{below.Count} of {all} targets were not kept: {Names(below)}.",
    };

    private static string Shortfall(List<TargetRow> below)
    {
        var worst = below.MinBy(row => row.Budget.Share - ((double)row.Target.Objective / 100))!;
        return $"{TargetWords.Subject(worst.Target)}: {TargetWords.Promise(worst.Target)} in {KpiText.Percent(worst.Budget.Share)} % instead of {KpiText.Objective(worst.Target.Objective)}.";
    }

    private static string Budget(TargetRow row, KpiRange range)
    {
        var budget = row.Budget;
        if (budget.Standing == TargetStanding.NoData)
            return "";
        var name = char.ToUpperInvariant(range.Period.Name[0]) + range.Period.Name[1..];
        var broken = TargetWords.Broken(row.Target.Measure, 2);
        var used = NumberText.Count(budget.Bad);
        var sentence = (range.IsOver, budget.Allowed > 0) switch
        {
            (_, false) => $"No {broken} are allowed, and there {(range.IsOver ? "were" : "are")} {used}",
            (true, _) => $"{name} allowed {TargetWords.Allowed(budget.Allowed)} {broken}, and {used} were used",
            _ => $"{name} allows about {TargetWords.Allowed(budget.Allowed)} {broken}, and {used} {(budget.Bad == 1 ? "is" : "are")} used",
        };
        return TargetWords.Lasting(budget, range) is { } lasting ? $"{sentence}; {lasting}." : sentence + ".";
    }

    private static string Names(List<TargetRow> rows)
    {
        var names = rows.Select(row => $"{TargetWords.Subject(row.Target)} ({TargetWords.Promise(row.Target)})").Take(Named).ToList();
        if (rows.Count > Named)
            return string.Join(", ", names) + $" and {rows.Count - Named} more";
        return string.Join(" and ", names);
    }

    private static string Join(params IEnumerable<string> sentences) => string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
}
