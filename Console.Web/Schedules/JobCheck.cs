using System.Globalization;
using System.Text.Json;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Client;

namespace OpsConsole.Web.Schedules;

/// <summary>Job type, queue and arguments. A type that nobody has published is a warning: its host may be off-line.</summary>
internal static class JobCheck
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    public static void Check(ScheduledJob job, CheckContext context, List<DefinitionProblem> problems)
    {
        CheckType(job.Type, context, problems);
        if (job.Queue is { } queue && (queue.Length is 0 or > DefinitionLimits.Queue || !queue.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')))
            problems.Add(new("job.queue", $"A queue is named by 1 to {DefinitionLimits.Queue} lower-case letters, digits, '-' or '_'; leave it out for the queue of the job type."));
        if (job.Arguments.Length > DefinitionLimits.Arguments)
            problems.Add(new("job.arguments", string.Create(CultureInfo.InvariantCulture, $"At most {DefinitionLimits.Arguments:#,0} characters; there are {job.Arguments.Length:#,0}. Store the data elsewhere and pass its address.")));
        else if (IsReadable(job.Arguments, problems) && context.JobType is { } type)
            problems.AddRange(ArgumentBinder.Bind(type, job.Arguments).Problems.Select(problem => new DefinitionProblem(PathOf(problem.Path), problem.Message)));
    }

    private static void CheckType(string type, CheckContext context, List<DefinitionProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(type))
            problems.Add(new("job.type", "Choose a job type."));
        else if (!context.IsCatalogueRead)
            problems.Add(new("job.type", "Redis does not answer, so it is not known whether a host has this job type and takes these arguments.", IsWarning: true));
        else if (context.JobType is null)
            problems.Add(new("job.type", "No host has published a job type of this name, so its arguments cannot be checked. Each run fails to enqueue until a host publishes it.", IsWarning: true));
        TextCheck.Line("job.type", type, ScheduleLimits.JobType, problems);
    }

    private static bool IsReadable(string json, List<DefinitionProblem> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            if (document.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                problems.Add(new("job.arguments", "Give the arguments as a JSON object by parameter name, or as an array by position."));
            else if (FindUnreadable(document.RootElement, "job.arguments") is { } path)
                problems.Add(new(path, "A text or a name holds half of a surrogate pair, which no text can carry; take it out."));
            else
                return true;
        }
        catch (JsonException e)
        {
            problems.Add(new("job.arguments", $"This is no valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", Position: Position(json, e), Length: 1));
        }
        return false;
    }

    private static string PathOf(string path) => path.Length == 0 ? "job.arguments" : "job.arguments." + path;

    private static string? FindUnreadable(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return IsReadable(value.GetString) ? null : path;
            case JsonValueKind.Array:
                return value.EnumerateArray().Index().Select(entry => FindUnreadable(entry.Item, $"{path}[{entry.Index}]")).FirstOrDefault(found => found is not null);
            case JsonValueKind.Object:
                return value.EnumerateObject().Select(property => IsReadable(() => property.Name) ? FindUnreadable(property.Value, $"{path}.{property.Name}") : path).FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }

    // The reader lets half of a pair pass and only fails when the text is asked for.
    private static bool IsReadable(Func<string?> read)
    {
        try
        {
            read();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static int? Position(string json, JsonException fault)
    {
        var from = 0;
        for (var line = 0L; line < fault.LineNumber; line++)
            from = json.IndexOf('\n', from) + 1;
        var bytes = (int)Math.Min(fault.BytePositionInLine ?? 0, int.MaxValue);
        var position = from;
        for (; position < json.Length && bytes > 0; position++)
            bytes -= char.IsSurrogate(json[position]) ? 2 : json[position] < 0x80 ? 1 : json[position] < 0x800 ? 2 : 3;
        return Math.Min(position, Math.Max(0, json.Length - 1));
    }
}
