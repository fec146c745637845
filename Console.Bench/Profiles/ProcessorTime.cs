namespace OpsConsole.Bench.Profiles;

/// <summary>Where a thread was found.</summary>
/// <param name="At">When.</param>
/// <param name="IsManaged">Whether it ran managed code; if not, it was in the system or in the runtime, at work or waiting.</param>
/// <param name="Stack">Methods, the innermost first.</param>
internal readonly record struct ThreadSample(int Thread, DateTimeOffset At, bool IsManaged, IReadOnlyList<string> Stack);

/// <summary>
/// Spreads the processor time of threads over the stacks at which they were found. Stacks alone do not say it: they are taken of all
/// threads alike, of those that wait, too.
/// </summary>
internal static class ProcessorTime
{
    /// <summary>Innermost "method" of time that no stack was seen for.</summary>
    public const string Unseen = "(no stack was seen)";

    // The thread that takes the stacks: without it there would be none of its time.
    private const string Recorder = ".NET EventPipe";

    // The system cuts longer ones.
    private const int LongestName = 15;

    public static StackSums Spread(IEnumerable<ThreadTime> times, IEnumerable<ThreadSample> samples, IReadOnlyDictionary<int, string> threadNames)
    {
        var seen = samples.GroupBy(sample => sample.Thread).ToDictionary(thread => thread.Key, thread => thread.OrderBy(sample => sample.At).ToArray());
        var sums = new StackSums();
        foreach (var thread in times.GroupBy(time => time.Thread))
        {
            var name = threadNames.GetValueOrDefault(thread.Key, "without a name");
            if (name == Recorder)
                continue;
            if (seen.TryGetValue(thread.Key, out var own))
                Spread(thread.OrderBy(time => time.From), own, sums);
            else
                sums.Add([$"(thread {name}{(name.Length == LongestName ? "…" : "")})"], thread.Sum(time => time.Milliseconds));
        }
        return sums;
    }

    private static void Spread(IEnumerable<ThreadTime> times, ThreadSample[] samples, StackSums sums)
    {
        var at = 0;
        foreach (var time in times)
        {
            while (at < samples.Length && samples[at].At < time.From)
                at++;
            var first = at;
            while (at < samples.Length && samples[at].At < time.To)
                at++;
            Spread(time.Milliseconds, new ArraySegment<ThreadSample>(samples, first, at - first), sums);
        }
    }

    private static void Spread(double milliseconds, ArraySegment<ThreadSample> samples, StackSums sums)
    {
        if (samples.Count == 0)
            sums.Add([Unseen], milliseconds);
        // A thread that also waited in this time used the processor where it did not.
        var busy = samples.Where(sample => sample.IsManaged || sample.Stack.Count > 0 && !FrameName.IsWait(sample.Stack[0])).ToArray();
        var shown = busy.Length > 0 ? busy : [.. samples];
        foreach (var sample in shown)
            sums.Add(sample.Stack.Count > 0 ? sample.Stack : [Unseen], milliseconds / shown.Length);
    }
}
