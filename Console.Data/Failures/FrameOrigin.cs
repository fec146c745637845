namespace OpsConsole.Data.Failures;

/// <summary>Whose code a frame of a stack is.</summary>
public enum FrameOrigin { Own, Framework, Runner }

/// <summary>The one place that knows which namespaces are not the job's own code.</summary>
public static class FrameOrigins
{
    private static readonly string[] Runner = ["OpsConsole.Jobs.", "Hangfire."];
    private static readonly string[] Framework =
        ["System.", "Microsoft.", "StackExchange.", "Npgsql.", "Newtonsoft.", "DocumentFormat.", "Polly.", "Castle.", "Interop.", "InvokeStub_", "lambda_method", "(wrapper"];

    /// <param name="call">A frame without its leading <c>at </c>.</param>
    public static FrameOrigin Of(ReadOnlySpan<char> call)
    {
        foreach (var prefix in Runner)
            if (call.StartsWith(prefix, StringComparison.Ordinal)) return FrameOrigin.Runner;
        foreach (var prefix in Framework)
            if (call.StartsWith(prefix, StringComparison.Ordinal)) return FrameOrigin.Framework;
        return FrameOrigin.Own;
    }
}
