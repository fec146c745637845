using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Controls;

/// <summary>Arguments for a new job, as fields or as JSON: the same values in two shapes, neither of which loses what the other holds.</summary>
public sealed class ArgumentForm
{
    internal static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<string, List<string>> _problems = new(StringComparer.Ordinal);

    public ArgumentForm(JobType type, TimeZoneInfo zone)
    {
        (Type, _zone) = (type, zone);
        Fields = [.. type.Parameters.Where(parameter => !parameter.IsInjected).Select(ArgumentField.Of)];
    }

    public JobType Type { get; }

    public IReadOnlyList<ArgumentField> Fields { get; }

    /// <summary>Whether <see cref="Json"/> is what counts, instead of the fields.</summary>
    public bool IsJson { get; private set; }

    public string Json { get; set; } = "{}";

    /// <summary>Problems that belong to no field.</summary>
    public IReadOnlyList<string> General => ProblemsOf("");

    public IReadOnlyList<string> ProblemsOf(string field) => _problems.GetValueOrDefault(field) ?? [];

    public bool HasProblems => _problems.Count > 0;

    public void ShowJson()
    {
        if (IsJson) return;
        Json = Write(forReading: true);
        IsJson = true;
        _problems.Clear();
    }

    /// <summary>Goes back to the fields, unless the JSON holds something that they cannot show; then it says what.</summary>
    public bool ShowFields()
    {
        if (!IsJson) return true;
        _problems.Clear();
        try
        {
            using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(Json) ? "{}" : Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object) Take(document.RootElement);
            else Add("", "Only a JSON object by parameter name can be shown as fields.");
        }
        catch (JsonException e)
        {
            Add("", $"This is no valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            Add("", "A text holds half of a surrogate pair, which no field can show.");
        }
        IsJson = HasProblems;
        return !IsJson;
    }

    /// <summary>Shows these arguments, as fields where they fit and as JSON otherwise.</summary>
    public void Fill(string json)
    {
        (IsJson, Json) = (true, json);
        ShowFields();
    }

    /// <summary>What is filled in, as JSON; texts that cannot be read yet stand there as text.</summary>
    public string Text => IsJson ? Json : Written().Json;

    /// <summary>The arguments as JSON, or null when there are problems.</summary>
    public string? Check()
    {
        _problems.Clear();
        var json = IsJson ? Json : Write();
        if (HasProblems) return null;
        Show(ArgumentBinder.Bind(Type, json).Problems);
        return HasProblems ? null : json;
    }

    /// <summary>Puts each problem at its field.</summary>
    public void Show(IReadOnlyList<ArgumentProblem> problems)
    {
        foreach (var problem in problems)
        {
            var end = problem.Path.IndexOfAny(['.', '[']);
            var name = end < 0 ? problem.Path : problem.Path[..end];
            var isField = !IsJson && Fields.Any(field => field.Name == name);
            Add(isField ? name : "", isField && end < 0 ? problem.Message : problem.ToString());
        }
    }

    private string Write(bool forReading = false)
    {
        var (json, problems) = Written(forReading);
        foreach (var (field, problem) in problems) Add(field, problem);
        return json;
    }

    private (string Json, List<(string Field, string Problem)> Problems) Written(bool forReading = false)
    {
        var parts = new List<string>();
        var problems = new List<(string, string)>();
        foreach (var field in Fields)
        {
            var (json, problem) = field.Read(_zone);
            if (problem is not null) problems.Add((field.Name, problem));
            // What cannot be read yet is kept as text, so that nothing typed is lost on the way to JSON.
            var value = problem is null ? json : JsonSerializer.Serialize(field.Value, Writing);
            if (forReading && field.IsRequired) value ??= field.Start;
            if (value is not null) parts.Add($"{JsonSerializer.Serialize(field.Name, Writing)}:{value}");
        }
        var text = new StringBuilder("{").AppendJoin(',', parts).Append('}').ToString();
        using var document = JsonDocument.Parse(text);
        return (JsonSerializer.Serialize(document.RootElement, Writing), problems);
    }

    private void Take(JsonElement given)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in given.EnumerateObject()) values[property.Name] = property.Value;
        foreach (var name in values.Keys.Where(name => Fields.All(field => !field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
            Add("", $"{Type.Name} has no parameter {name}; take it out to go back to the form.");
        if (HasProblems) return;
        foreach (var field in Fields)
        {
            var before = field.Value;
            field.Value = "";
            if (!values.TryGetValue(field.Name, out var value) || field.Take(value, _zone)) continue;
            field.Value = before;
            Add("", $"The value of {field.Name} cannot be shown as a field. Change it, or make the job from the JSON.");
        }
    }

    private void Add(string field, string problem)
    {
        if (!_problems.TryGetValue(field, out var list)) _problems[field] = list = [];
        list.Add(problem);
    }
}
