using System.Text.Json;
using OpsConsole.Bench;

namespace OpsConsole.Chaos;

/// <summary>What an experiment found.</summary>
/// <param name="Experiment">Its name.</param>
/// <param name="Note">One sentence: what was done.</param>
/// <param name="Lost">Jobs whose enqueue was acknowledged and that never finished; not a number when that is not known.</param>
/// <param name="DoubleEffects">Effects that the ledger took under a stale token; not a number when that is not known.</param>
/// <param name="Figures">Everything else.</param>
internal sealed record ChaosReport(string Experiment, string Note, double Lost, double DoubleEffects, IReadOnlyList<Figure> Figures)
{
    private IReadOnlyList<Figure> All => [new("lost", Lost, AtMost: 0), new("double_effects", DoubleEffects, AtMost: 0), .. Figures];

    public bool Ok => All.All(figure => figure.Ok);

    public string Table() => new BenchReport(Experiment, Note, All).Table();

    /// <summary>The line that other programs read.</summary>
    public string Json()
    {
        var line = new Dictionary<string, object> { ["experiment"] = Experiment, ["ok"] = Ok };
        foreach (var figure in All)
            line[figure.Name] = double.IsFinite(figure.Value) ? Math.Round(figure.Value, 3) : "none";
        return JsonSerializer.Serialize(line);
    }

    /// <summary>An experiment that did not come to its end.</summary>
    public static ChaosReport Broken(string experiment, Exception why) => new(experiment, "ended by " + why, double.NaN, double.NaN, []);

    /// <summary>Many reports as one.</summary>
    public static ChaosReport Sum(IReadOnlyList<ChaosReport> reports) =>
        new("all", $"{reports.Count} experiments", reports.Sum(report => report.Lost), reports.Sum(report => report.DoubleEffects),
        [
            new Figure("experiments", reports.Count),
            new Figure("failed", reports.Count(report => !report.Ok), AtMost: 0),
        ]);
}
