namespace OpsConsole.Jobs.Worker;

/// <summary>What became of an attempt: one of five, each with what the finish script needs of it.</summary>
internal abstract record JobOutcome
{
    public sealed record Succeeded(string ResultJson) : JobOutcome;

    public sealed record Retry(string Reason, JobError Error, int Retries, TimeSpan Delay) : JobOutcome;

    public sealed record Failed(string Reason, JobError Error) : JobOutcome;

    public sealed record Deleted(string Reason, string By) : JobOutcome;

    public sealed record GivenBack(string Reason) : JobOutcome;
}

/// <summary>An exception as it is stored: bounded, because a stack may be endless.</summary>
internal sealed record JobError(string Type, string Message, string Details)
{
    private const int MaxMessage = 4_000;
    private const int MaxDetails = 32_000;
    private const int MaxLines = 100;

    public static JobError From(Exception exception) => new(
        exception.GetType().FullName ?? exception.GetType().Name,
        Shortened(TextOf(exception, e => e.Message), MaxMessage),
        Shortened(FirstLines(TextOf(exception, e => e.ToString())), MaxDetails));

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
        return text[..end];
    }

    private static string Shortened(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}

/// <summary>An outcome on its way to Redis.</summary>
/// <param name="Job">The attempt.</param>
/// <param name="EventName"><c>Namespace.Type.Method</c>, or empty when the type is unknown.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="RunMilliseconds">How long it ran.</param>
/// <param name="WasSent">True when it was sent before and no answer came: Redis may know it already.</param>
internal sealed record EndedJob(ClaimedJob Job, string EventName, JobOutcome Outcome, long RunMilliseconds, bool WasSent = false);
