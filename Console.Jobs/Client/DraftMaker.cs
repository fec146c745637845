using System.Text;
using System.Text.Json;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Client;

/// <summary>Checks a request and turns it into a draft, or into the result that says why not.</summary>
internal static class DraftMaker
{
    private const int MaxReasonLength = 500;
    private const int MaxKeyLength = 512;
    private const int MaxParameters = 50;
    private const int MaxTags = 20;
    private const int MaxTagLength = 60;
    private const string TagsField = "Tags";

    // A further parameter of one of these names would overwrite what the layout keeps there.
    private static readonly HashSet<string> OwnFields = new(StringComparer.Ordinal)
    {
        "Type", "Method", "ParameterTypes", "Arguments", "CreatedAt", "Queue", "State", "CurrentCulture", "CurrentUICulture",
        "RetryCount", "Continuations", "Fetched", "Checked", "UniqueKey", "ParentId", "Attempt", "Operation",
    };

    public static (JobDraft? Draft, EnqueueResult? Refusal) Make(JobType type, IReadOnlyList<string?> arguments, EnqueueOptions? asked, int maxArgumentBytes)
    {
        var options = asked ?? new EnqueueOptions();
        var problems = ProblemsOf(options);
        if (problems.Count > 0)
            return (null, Refuse(options, type, problems));
        var stored = JsonSerializer.Serialize(arguments, JobJson.Arguments);
        if (Encoding.UTF8.GetByteCount(stored) is var bytes && bytes > maxArgumentBytes)
            return (null, new EnqueueResult(options.Id ?? "", EnqueueOutcome.TooLarge, $"The arguments of {type.Name} take {bytes:N0} bytes; the limit is {maxArgumentBytes:N0}. Store the data elsewhere and pass its address, or raise MaxArgumentBytes."));
        return (new JobDraft(options.Id ?? Guid.NewGuid().ToString("D"), type.Name, type.TypeName, type.Method,
            JsonSerializer.Serialize(type.Parameters.Select(parameter => parameter.TypeName), JobJson.Arguments), stored,
            options.Queue ?? (type.Queue.Length > 0 ? type.Queue : "default"), options.UniqueKey ?? UniqueKeyTemplate.Expand(type, arguments), WithTags(options)), null);
    }

    // Tags are a job parameter like any other, by a name that callers cannot take for something else.
    private static EnqueueOptions WithTags(EnqueueOptions options) => options.Tags is not { Count: > 0 } tags ? options : options with
    {
        Parameters = new Dictionary<string, string>(options.Parameters ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            [TagsField] = JsonSerializer.Serialize(tags.Distinct(StringComparer.Ordinal), JobJson.Arguments),
        },
    };

    public static EnqueueResult Refuse(EnqueueOptions? options, JobType type, IReadOnlyList<ArgumentProblem> problems) =>
        new(options?.Id is { } id && TextRules.FaultInId(id) is null ? id : "", EnqueueOutcome.BadArguments, $"{type.Name} was not enqueued: {string.Join(" ", problems.Take(3))}{(problems.Count > 3 ? $" And {problems.Count - 3} more." : "")}")
        {
            Problems = problems,
        };

    private static List<ArgumentProblem> ProblemsOf(EnqueueOptions options)
    {
        var problems = new List<ArgumentProblem>();
        Check("id", options.Id, TextRules.FaultInId);
        Check("queue", options.Queue, TextRules.FaultInQueue);
        Check("parentId", options.ParentId, text => text.Length == 0 || text.Contains(':') ? "This is no job id." : TextRules.FaultInLine(text, MaxKeyLength));
        Check("uniqueKey", options.UniqueKey, text => text.Length == 0 ? "Leave the key out rather than empty." : TextRules.FaultInLine(text, MaxKeyLength));
        Check("reason", options.Reason, text => TextRules.FaultInLine(text, MaxReasonLength));
        if (options.At is not null && options.ParentId is not null)
            problems.Add(new ArgumentProblem("at", "A job waits for a moment or for its parent, not for both."));
        if (!Enum.IsDefined(options.On))
            problems.Add(new ArgumentProblem("on", $"There is no condition {(int)options.On}; use Any, Succeeded or Deleted."));
        CheckTags(options.Tags ?? [], problems);
        CheckParameters(options.Parameters ?? new Dictionary<string, string>(), problems);
        return problems;

        void Check(string path, string? text, Func<string, string?> fault)
        {
            if (text is not null && fault(text) is { } message)
                problems.Add(new ArgumentProblem(path, message));
        }
    }

    private static void CheckTags(IReadOnlyList<string> tags, List<ArgumentProblem> problems)
    {
        if (tags.Count > MaxTags)
            problems.Add(new ArgumentProblem("tags", $"At most {MaxTags} tags; there are {tags.Count}."));
        foreach (var tag in tags.Take(MaxTags))
        {
            if (string.IsNullOrWhiteSpace(tag))
                problems.Add(new ArgumentProblem("tags", "Leave an empty tag out."));
            else if (TextRules.FaultInLine(tag, MaxTagLength) is { } fault)
                problems.Add(new ArgumentProblem("tags", fault));
        }
    }

    private static void CheckParameters(IReadOnlyDictionary<string, string> parameters, List<ArgumentProblem> problems)
    {
        if (parameters.Count > MaxParameters)
            problems.Add(new ArgumentProblem("parameters", $"At most {MaxParameters} job parameters; there are {parameters.Count}."));
        foreach (var (name, json) in parameters.Take(MaxParameters))
        {
            if (name.Length == 0 || OwnFields.Contains(name) || TextRules.FaultInLine(name, MaxKeyLength) is not null)
                problems.Add(new ArgumentProblem("parameters", "A job parameter needs a name that is none of the layout's own fields: " + (TextRules.FaultIn(name) is null ? name : "(unreadable)")));
            else if (TextRules.FaultIn(json) is { } fault)
                problems.Add(new ArgumentProblem("parameters." + name, fault));
            else if (!IsJson(json))
                problems.Add(new ArgumentProblem("parameters." + name, "The value is no valid JSON."));
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
