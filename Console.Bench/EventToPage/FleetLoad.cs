using System.Diagnostics;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Bench.EventToPage;

/// <summary>Work that goes on while somebody looks.</summary>
internal static class FleetLoad
{
    /// <summary>Makes jobs at an even pace until it is told to stop; says how many.</summary>
    public static async Task<int> MakeAsync(JobClient client, int jobsPerSecond, CancellationToken stop)
    {
        var made = 0;
        var since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!stop.IsCancellationRequested)
        {
            // A late tick makes up for what it missed, so that the pace is kept on a busy machine too.
            var due = (int)(Stopwatch.GetElapsedTime(since).TotalSeconds * jobsPerSecond);
            if (due > made)
                await client.EnqueueManyAsync([.. Enumerable.Range(made, due - made).Select(number => new JobRequest("bench.count", $"[{number}]"))], CancellationToken.None);
            made = Math.Max(made, due);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        return made;
    }

    /// <summary>All events between two moments, as the stream keeps them.</summary>
    public static async Task<IReadOnlyList<EventId>> EventsAsync(BenchHost host, EventId from, EventId to)
    {
        var events = new List<EventId>();
        await foreach (var batch in new JobEventReader(host.Redis, TimeProvider.System).FollowAsync(from.ToString()))
        {
            events.AddRange(batch.Events.Select(e => EventId.Parse(e.Position)).Where(id => id.CompareTo(to) <= 0));
            if (EventId.Parse(batch.Position).CompareTo(to) >= 0)
                break;
        }
        return events;
    }
}
