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
            JobState.Scheduled => Scheduled(entry),
            JobState.Awaiting => Field(entry, "ParentId") is { } parent ? "for " + parent : "",
            _ => "",
        };
        var reason = Reason(entry);
        return SafeText.Inline(words.Length == 0 || reason.Length == 0 ? words + reason : words.EndsWith('.') ? $"{words} {reason}" : $"{words}; {reason}", 500);
    }

    /// <summary>What a row calls the state: a job that is scheduled because it failed is retrying.</summary>
    public static JobState StateOf(StateEntry entry) => entry.State == JobState.Scheduled && IsRetry(entry) ? JobState.Retrying : entry.State;

    private static bool IsRetry(StateEntry entry) => entry.Reason?.StartsWith("Retry attempt", StringComparison.Ordinal) == true;

    /// <summary>The reason without what stands in the row already: Hangfire's standing sentence, and the message of the failure above.</summary>
    private static string Reason(StateEntry entry)
    {
        var reason = entry.Reason ?? "";
        if (entry.State == JobState.Failed && reason == "An exception occurred during performance of the job.") return "";
        return IsRetry(entry) && reason.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end ? reason[..end] : reason;
    }

    private static string Scheduled(StateEntry entry) =>
        Field(entry, "EnqueueAt") is { } text && entry.At is { } at && Moment(text) is { } next && next > at ? "due after " + TimeText.Elapsed(next - at) : "";

    private static DateTimeOffset? Moment(string text)
    {
        if (long.TryParse(text, CultureInfo.InvariantCulture, out var milliseconds)) return milliseconds is > 0 and < 253402300799999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
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
