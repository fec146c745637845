using System.Globalization;

namespace OpsConsole.Bench.Profiles;

/// <summary>Processor time of one thread between two looks.</summary>
internal readonly record struct ThreadTime(int Thread, DateTimeOffset From, DateTimeOffset To, double Milliseconds);

/// <summary>Reads from the system which threads of a process have used the processor, and when.</summary>
internal sealed class ThreadClock(int processId)
{
    // Long against the millisecond between two stacks: a thread that runs for a moment now and then is seen at work at times, and then that
    // stands for all of it. Short against what changes in a run.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<int, (DateTimeOffset At, long Nanoseconds)> _last = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly List<ThreadTime> _times = [];

    public IReadOnlyList<ThreadTime> Times => _times;

    /// <summary>What the threads are called, by their ids.</summary>
    public IReadOnlyDictionary<int, string> Names => _names;

    public async Task RunAsync(CancellationToken stop)
    {
        // What they have used before is no part of it.
        Look();
        _times.Clear();
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Look();
        }
    }

    private void Look()
    {
        var threads = new DirectoryInfo($"/proc/{processId}/task");
        foreach (var thread in threads.Exists ? threads.GetDirectories() : [])
        {
            try
            {
                Look(int.Parse(thread.Name, CultureInfo.InvariantCulture), thread.FullName);
            }
            catch (IOException)
            {
                // It has ended since the folder was listed.
            }
        }
    }

    private void Look(int thread, string folder)
    {
        var used = long.Parse(File.ReadAllText(folder + "/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
        var now = TimeProvider.System.GetUtcNow();
        if (!_last.TryGetValue(thread, out var last))
            (_names[thread], last) = (File.ReadAllText(folder + "/comm").Trim(), (now - LookEvery, 0));
        if (used > last.Nanoseconds)
            _times.Add(new ThreadTime(thread, last.At, now, (used - last.Nanoseconds) / 1e6));
        _last[thread] = (now, used);
    }
}
