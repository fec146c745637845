using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Bench;

/// <summary>One experiment.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>One line: what is measured, and the goal.</summary>
    string About { get; }

    /// <summary>What a profile of it is about.</summary>
    ProfileTarget Profiled => ProfileTarget.Processes;

    Task<BenchReport> RunAsync(BenchSettings settings);
}

/// <summary>Where the code runs that a scenario measures.</summary>
internal enum ProfileTarget
{
    /// <summary>In the workers and consoles that it starts.</summary>
    Processes,

    /// <summary>In this process.</summary>
    Here,

    /// <summary>In PostgreSQL.</summary>
    Nothing,
}

/// <summary>How to run.</summary>
/// <param name="Redis">Connection string.</param>
/// <param name="Postgres">Npgsql connection string of a role that may create databases.</param>
/// <param name="Quick">Less time, less exact.</param>
internal sealed record BenchSettings(string Redis, string Postgres, bool Quick);

/// <summary>One figure with its goal.</summary>
/// <param name="Name">Name with its unit, as in the JSON.</param>
/// <param name="Value">What was measured.</param>
/// <param name="AtLeast">Goal, or null.</param>
/// <param name="AtMost">Goal, or null.</param>
internal sealed record Figure(string Name, double Value, double? AtLeast = null, double? AtMost = null)
{
    // One without a goal may also not be a number: there was nothing to measure.
    public bool Ok => (AtLeast is not { } least || Value >= least) && (AtMost is not { } most || Value <= most);

    public string Goal => (AtLeast, AtMost) switch
    {
        ({ } least, _) => "at least " + Text(least),
        (_, { } most) => "at most " + Text(most),
        _ => "",
    };

    public static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}

/// <summary>What a scenario found.</summary>
internal sealed record BenchReport(string Scenario, string Note, IReadOnlyList<Figure> Figures)
{
    /// <summary>Figures of many things of one kind, one line each.</summary>
    public IReadOnlyList<BenchRow> Rows { get; init; } = [];

    /// <summary>Where the processor time went, or null when nobody looked.</summary>
    public string? Profile { get; init; }

    public bool Ok => Figures.All(figure => figure.Ok);

    public string Table()
    {
        var table = new StringBuilder();
        if (Profile is not null)
            table.AppendLine(Profile).AppendLine("PROFILED: to look at the processes slowed them down. The figures below are not to be quoted.");
        table.AppendLine(CultureInfo.InvariantCulture, $"{Scenario}: {Note}");
        var columns = Rows.SelectMany(row => row.Values.Keys).Distinct().ToList();
        if (columns.Count > 0)
            table.AppendLine(BenchRow.Line("", columns));
        foreach (var row in Rows)
            table.AppendLine(BenchRow.Line(row.Name, columns.Select(column => row.Values.TryGetValue(column, out var value) ? Figure.Text(value) : "")));
        foreach (var figure in Figures)
            table.AppendLine(CultureInfo.InvariantCulture, $"  {figure.Name,-30} {Figure.Text(figure.Value),12}   {figure.Goal,-20} {(figure.Goal.Length == 0 ? "" : figure.Ok ? "met" : "NOT MET")}");
        return table.ToString();
    }

    /// <summary>The line that other programs read.</summary>
    public string Json()
    {
        var line = new Dictionary<string, object?> { ["scenario"] = Scenario, ["ok"] = Ok };
        if (Profile is not null)
            line["profiled"] = true;
        foreach (var figure in Figures)
            line[figure.Name] = Rounded(figure.Value);
        if (Rows.Count > 0)
            line["rows"] = Rows.ToDictionary(row => row.Name, row => row.Values.ToDictionary(value => value.Key, value => Rounded(value.Value)));
        return JsonSerializer.Serialize(line);
    }

    // JSON has no other word for what is not a number.
    private static double? Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 3) : null;
}

/// <summary>One line of a table.</summary>
internal sealed record BenchRow(string Name, Dictionary<string, double> Values)
{
    public static string Line(string name, IEnumerable<string> cells) => $"  {name,-52}" + string.Concat(cells.Select(cell => $"{cell,15}"));
}
