using System.Globalization;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Controls;

/// <summary>One line about each entry of a job's history, from the fields that the state keeps.</summary>
public static class StateWords
{
    public static string Of(StateEntry entry)
    {
        var words = entry.State switch
        {
            JobState.Enqueued => Field(entry, "Queue") is { } queue ? "in queue " + queue : "",
            JobState.Processing => Field(entry, "ServerId") is { } worker ? "on " + WorkerName(worker) : "",
            JobState.Failed or JobState.Quarantined => Failure(entry),
            JobState.Succeeded => Field(entry, "PerformanceDuration") is { } ran && double.TryParse(ran, CultureInfo.InvariantCulture, out var ms) && ms >= 0 ? "in " + TimeText.Measured(TimeSpan.FromMilliseconds(Math.Min(ms, 1e12))) : "",
            JobState.Awaiting => Field(entry, "ParentId") is { } parent ? "for " + parent : "",
            _ => "",
        };
        return SafeText.Inline(string.Join("; ", new[] { words, entry.Reason ?? "" }.Where(part => part.Length > 0)), 500);
    }

    /// <summary><c>name:pid:guid</c> as <c>name:pid</c>: the rest only tells restarts apart.</summary>
    public static string WorkerName(string id)
    {
        var last = id.LastIndexOf(':');
        return last > 0 && Guid.TryParse(id.AsSpan(last + 1), out _) ? id[..last] : id;
    }

    private static string Failure(StateEntry entry)
    {
        var type = Field(entry, "ExceptionType") ?? "";
        var message = Field(entry, "ExceptionMessage") ?? "";
        type = type[(type.LastIndexOf('.') + 1)..];
        return type.Length > 0 && message.Length > 0 ? $"{type}: {message}" : type + message;
    }

    private static string? Field(StateEntry entry, string name) => entry.Data.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
