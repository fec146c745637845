using System.Text;
using System.Text.Json;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Jobs;

/// <summary>Arguments as rows and panels show them.</summary>
public static class ArgumentSummary
{
    private static readonly string[] Injected = ["CancellationToken", "JobContext", "IJobCancellationToken", "PerformContext"];

    /// <summary>On one line: <c>{ report: "margin", month: "2026-10" }</c>, cut at <paramref name="limit"/> characters.</summary>
    public static string Of(IReadOnlyList<JobArgument> arguments, int limit = 160)
    {
        var line = new StringBuilder();
        foreach (var argument in arguments.Where(IsData))
        {
            line.Append(line.Length == 0 ? "{ " : ", ").Append(argument.Name).Append(": ");
            line.Append(argument.Json.AsSpan(0, Math.Min(argument.Json.Length, limit)));
            if (line.Length > limit) return SafeText.Inline(line.ToString(), limit);
        }
        return line.Length == 0 ? "" : SafeText.Inline(line.Append(" }").ToString(), limit);
    }

    /// <summary>False for what the worker fills in by itself.</summary>
    public static bool IsData(JobArgument argument) => argument.Json != "null" || !Injected.Any(name => argument.Type.EndsWith(name, StringComparison.Ordinal));

    /// <summary>All arguments as one JSON object, for reading and copying.</summary>
    public static string Json(IReadOnlyList<JobArgument> arguments)
    {
        var json = new StringBuilder("{");
        foreach (var argument in arguments.Where(IsData))
        {
            if (json.Length > 1) json.Append(',');
            json.Append(JsonSerializer.Serialize(argument.Name)).Append(':').Append(string.IsNullOrWhiteSpace(argument.Json) ? "null" : argument.Json);
        }
        return json.Append('}').ToString();
    }
}
