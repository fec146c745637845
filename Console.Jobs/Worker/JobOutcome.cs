using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Worker;

/// <summary>What became of an attempt: one of five, each with what the finish script needs of it.</summary>
internal abstract record JobOutcome
{
    public sealed record Succeeded(string ResultJson) : JobOutcome
    {
        /// <summary>Of the many that have no result.</summary>
        public static Succeeded Plain { get; } = new("");
    }

    public sealed record Retry(string Reason, JobError Error, int Retries, TimeSpan Delay) : JobOutcome;

    public sealed record Failed(string Reason, JobError Error) : JobOutcome;

    public sealed record Deleted(string Reason, string By) : JobOutcome;

    public sealed record GivenBack(string Reason) : JobOutcome;
}

/// <summary>An exception as it is stored: bounded, because a stack may be endless.</summary>
internal sealed record JobError(string Type, string Message, string Details)
{
    private const int MaxMessage = StoredCuts.MaxMessage;
    private const int MaxDetails = StoredCuts.MaxDetails;
    private const int MaxLines = 100;

    public static JobError From(Exception exception)
    {
        var message = TextOf(exception, e => e.Message);
        var shown = Shortened(message, MaxMessage);
        // A message that is longer than all that is kept must not cost the stack behind it.
        var details = TextOf(exception, e => e.ToString());
        if (shown.Length < message.Length)
            details = details.Replace(message, shown, StringComparison.Ordinal);
        return new JobError(exception.GetType().FullName ?? exception.GetType().Name, shown, Shortened(FirstLines(details), MaxDetails));
    }

    // An exception is the job's own code, and may throw when it is asked what it is.
    private static string TextOf(Exception exception, Func<Exception, string?> read)
    {
        try
        {
            return read(exception) ?? "";
        }
#pragma warning disable CA1031
        catch (Exception e)
        {
            return $"(cannot be read: {e.GetType().Name})";
        }
#pragma warning restore CA1031
    }

    private static string FirstLines(string text)
    {
        var end = -1;
        for (var line = 0; line < MaxLines; line++)
        {
            end = text.IndexOf('\n', end + 1);
            if (end < 0)
                return text;
        }
        return $"{text[..end]}\n{StoredCuts.MoreLines(text.AsSpan(end + 1).Count('\n') + 1)}";
    }

    private static string Shortened(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + StoredCuts.Mark;
}

/// <summary>An outcome on its way to Redis.</summary>
/// <param name="Job">The attempt.</param>
/// <param name="EventName"><c>Namespace.Type.Method</c>, or empty when the type is unknown.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="RunMilliseconds">How long it ran.</param>
/// <param name="WasSent">True when it was sent before and no answer came: Redis may know it already.</param>
internal sealed record EndedJob(ClaimedJob Job, string EventName, JobOutcome Outcome, long RunMilliseconds, bool WasSent = false);
