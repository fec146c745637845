using System.Text.RegularExpressions;

namespace OpsConsole.Bench.Profiles;

/// <summary>Methods by the names that their writers gave them, instead of those that the compiler makes of lambdas and asynchronous methods.</summary>
internal static partial class FrameName
{
    /// <summary>Code that is not managed: a call of the system, or of the runtime.</summary>
    public const string Native = "(native)";

    // Where the runtime holds a thread up so that its stack can be looked at: the time is that of its caller.
    private const string HeldUp = "Thread.PollGC.PollGCWorker";

    // Only where threads stand when they have nothing to do; the same method may also spin, but then it is managed code that runs.
    private static readonly string[] s_waits = ["LowLevelLifoSemaphore.", "LowLevelMonitor.", "Monitor.Wait", "WaitHandle.", "Thread.Sleep", "SocketAsyncEngine.EventLoop"];

    /// <param name="full">As the runtime says it: namespaces, type, method and parameters. Nothing for code that is not managed.</param>
    public static string Of(string full)
    {
        if (full.Length == 0)
            return Native;
        var name = Namespaces().Replace(Generic().Replace(Parameters().Replace(full, ""), ""), "");
        name = Asynchronous().Replace(name, ".$1 (async)");
        name = Lambda().Replace(name, ".$1 (lambda)");
        name = LocalFunction().Replace(name, "$1.$2");
        name = Closure().Replace(name, "");
        return name.Replace('+', '.');
    }

    /// <summary>A stack without what stands in it only because it was looked at; native code says who called it.</summary>
    /// <param name="full">Names as the runtime says them, the innermost first.</param>
    public static IReadOnlyList<string> Stack(IEnumerable<string> full)
    {
        var names = full.Select(Of).SkipWhile(name => name == HeldUp).ToList();
        var native = names.TakeWhile(name => name == Native).Count();
        names.RemoveAll(name => name == Native);
        if (native > 0)
            names.Insert(0, names.Count == 0 ? Native : $"{names[0]} {Native}");
        return names;
    }

    /// <summary>Whether a thread that stands here outside of managed code waits.</summary>
    public static bool IsWait(string innermost) => s_waits.Any(wait => innermost.StartsWith(wait, StringComparison.Ordinal));

    [GeneratedRegex("\\(.*$", RegexOptions.Singleline)]
    private static partial Regex Parameters();

    [GeneratedRegex("`\\d+|\\[[^\\[\\]]*(\\[[^\\[\\]]*(\\[[^\\[\\]]*\\][^\\[\\]]*)*\\][^\\[\\]]*)*\\]")]
    private static partial Regex Generic();

    [GeneratedRegex("\\+<<?([^<>]+)>(?:b__[^>]*>|g__[^>]*>)?d(?:__\\d+)?\\.MoveNext$")]
    private static partial Regex Asynchronous();

    [GeneratedRegex("(?:\\+<>c[^.]*)?\\.<([^<>]+)>b__[\\w|]+$")]
    private static partial Regex Lambda();

    [GeneratedRegex("<([^<>]+)>g__(\\w+)\\|[\\w]+")]
    private static partial Regex LocalFunction();

    [GeneratedRegex("\\+<>c(?:__DisplayClass\\w+)?(?=\\.|\\+|$)")]
    private static partial Regex Closure();

    [GeneratedRegex("^(?:[\\w]+\\.)+(?=[\\w+<>$]+\\.)")]
    private static partial Regex Namespaces();
}
