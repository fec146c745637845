using System.Text.Json;
using System.Text.RegularExpressions;
using OpsConsole.Bench;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Bench;

public sealed partial class ScenariosTests
{
    private static readonly string s_document = File.ReadAllText(Repository.PathOf("docs/benchmarks.md")).Split("## What the JSON says")[1];

    [Fact]
    public void Each_scenario_is_listed_with_one_line_and_its_figures_are_explained()
    {
        var lines = Scenarios.Listed().Split('\n');

        Assert.Equal(Scenarios.All.Count + 2, lines.Length);
        Assert.Equal(Scenarios.All.Count, Scenarios.All.Select(scenario => scenario.Name).Distinct().Count());
        Assert.All(lines[1..], line => Assert.InRange(line.Trim().Length, 40, 200));
        Assert.All(lines[1..], line => Assert.Contains($"`{line.Trim().Split(' ')[0]}`", s_document, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_figure_that_the_sources_name_stands_in_the_document()
    {
        var names = Repository.Files("Console.Bench", ".cs").SelectMany(file => file.Code())
            .SelectMany(line => (line.Text.Contains("Series ", StringComparison.Ordinal) ? InSeries() : InFigure()).Matches(line.Text))
            .Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(names.Count > 100);
        Assert.DoesNotContain(names, name => !s_document.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_says_what_was_not_met_and_what_is_not_to_be_quoted()
    {
        var report = new BenchReport("drain", "a note", [new Figure("jobs_per_s", 12_345.6789, AtLeast: 15_000), new Figure("p99_ms", double.NaN)]) { Profile = "worker: 1 s" };

        using var json = JsonDocument.Parse(report.Json());
        Assert.Equal("""{"scenario":"drain","ok":false,"profiled":true,"jobs_per_s":12345.679,"p99_ms":null}""", json.RootElement.GetRawText());
        Assert.Contains("not to be quoted", report.Table(), StringComparison.Ordinal);
        Assert.Contains("NOT MET", report.Table(), StringComparison.Ordinal);
        Assert.DoesNotContain("PROFILED", (report with { Profile = null }).Table(), StringComparison.Ordinal);
    }

    [GeneratedRegex("(?:new Figure\\(|\\.Ratio\\(\\w+, )\"([a-z0-9_]+)\"")]
    private static partial Regex InFigure();

    [GeneratedRegex("new\\(\"([a-z0-9_]+)\"\\)")]
    private static partial Regex InSeries();
}
